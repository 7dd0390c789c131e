package dev.axon64.machine.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.legal.Legaliser;
import dev.axon64.codegen.isa.legal.Widths;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compiled nodes compute what the evaluation of the IR computes. */
class NodeCodeTest {
  private static final int TREES = 1000;
  private static final int DEPTH = 6;
  private static final int TRIES = 20;

  private final SplittableRandom random = new SplittableRandom(1);
  private final RandomLegal nodes = new RandomLegal(random);

  /** Numbers at the edges of their width, truths, and anything. */
  private long[] locals() {
    long[] values = new long[RandomLegal.LOCALS.length];
    for (int i = 0; i < values.length; i++) {
      long bits = random.nextLong() >> random.nextInt(Long.SIZE);
      values[i] = bits & Ops.mask(RandomLegal.LOCALS[i]);
    }
    return values;
  }

  private void check(Node node, Legaliser.Value legal) throws ReflectiveOperationException {
    CompiledNode compiled = new CompiledNode(legal);
    for (int i = 0; i < TRIES; i++) {
      long[] values = locals();
      long expected = Evaluation.of(node, read -> values[((Node.Local) read).id()]);
      assertEquals(expected, compiled.run(values), node::toString);
    }
  }

  private void check(Node legal) throws ReflectiveOperationException {
    check(legal, new Legaliser.Value(List.of(), legal));
  }

  @Test
  void everyKindOfNode() throws ReflectiveOperationException {
    for (int width : new int[] {1, 32, 64}) {
      for (int i = 0; i < TRIES; i++) {
        for (Supplier<Node> kind : nodes.kinds(width, 0)) {
          check(kind.get());
        }
      }
    }
  }

  @Test
  void treesOfNodes() throws ReflectiveOperationException {
    for (int i = 0; i < TREES; i++) {
      check(nodes.of(nodes.width(), DEPTH));
    }
  }

  /** What is not legal yet takes locals of its own: amounts and divisors of any value. */
  @ParameterizedTest
  @EnumSource
  void legalisedNodes(Widths widths) throws ReflectiveOperationException {
    int free = RandomLegal.LOCALS.length;
    Node x = new Node.Local(64, 6, "x");
    Node y = new Node.Local(64, 7, "y");
    Node sum = Ops.binary(BinaryOp.ADD, x, Ops.extract(64, 0, y));
    for (BinaryOp op : BinaryOp.values()) {
      Node node = Ops.binary(op, y, op.shift() ? Ops.extract(8, 0, sum) : sum);
      check(node, Legaliser.value(node, widths, free));
    }
  }

  @Test
  void whatIsNotLegalIsRefused() {
    Node field = new Node.Field(5, 0, "rd");
    assertThrows(IllegalArgumentException.class, () -> check(field));
  }
}
