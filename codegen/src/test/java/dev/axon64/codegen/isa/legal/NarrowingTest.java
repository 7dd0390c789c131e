package dev.axon64.codegen.isa.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Narrower values are the same values. */
class NarrowingTest {
  private static final Node X = new Node.Local(32, 1, "x");
  private static final Node Y = new Node.Local(16, 2, "y");

  @Property(tries = 5000)
  void valuesStayTheSame(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Node node = new RandomNode(random).of(random.nextInt(1, Long.SIZE + 1), 5);
    Node narrowed = Narrowing.of(node);
    assertEquals(node.width(), narrowed.width());
    for (int i = 0; i < 4; i++) {
      Map<Integer, Long> locals = new HashMap<>();
      for (int id = 0; id < RandomNode.LOCALS * (Long.SIZE + 1); id++) {
        locals.put(id, random.nextLong() >>> random.nextInt(64));
      }
      Evaluator evaluator = new Evaluator(locals, 0);
      assertEquals(evaluator.value(node), evaluator.value(narrowed), () -> node + " " + narrowed);
    }
  }

  private static Node wide(Node node) {
    return Ops.extend(64, false, node);
  }

  @Test
  void upperZerosAreLeftOut() {
    assertEquals(
        wide(Ops.binary(BinaryOp.XOR, X, Ops.extend(32, false, Y))),
        Narrowing.of(Ops.binary(BinaryOp.XOR, wide(X), wide(Y))));
    assertEquals(
        Ops.binary(BinaryOp.EQ, X, Ops.constant(32, 7)),
        Narrowing.of(Ops.binary(BinaryOp.EQ, wide(X), Ops.constant(64, 7))));
    Node sum = Ops.binary(BinaryOp.ADD, wide(X), wide(Y));
    assertEquals(sum, Narrowing.of(sum), "33 bits");
  }

  @Test
  void aLocalThatNeedsFewBitsBecomesNarrow() {
    Node.Local local = new Node.Local(64, 5, "sum");
    List<Effect> narrowed =
        Narrowing.of(
            List.<Effect>of(
                new Effect.Define(local, Ops.binary(BinaryOp.MUL, wide(Y), wide(Y))),
                new Effect.Branch(local)));
    Node.Local narrow = new Node.Local(32, 5, "sum");
    Node y = Ops.extend(32, false, Y);
    assertEquals(
        List.of(
            new Effect.Define(narrow, Ops.binary(BinaryOp.MUL, y, y)),
            new Effect.Branch(wide(narrow))),
        narrowed);
  }
}
