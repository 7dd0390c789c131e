package dev.axon64.codegen.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on constants, of every kind and width, give what big integers give. */
class FoldingTest {
  private static final int TRIES = 40;

  private final IrInterpreter interpreter = new IrInterpreter(0, 0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void operationsOnConstants(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int width = 1; width <= Long.SIZE; width++) {
      for (int i = 0; i < TRIES; i++) {
        operations(random, width).forEach(this::check);
      }
    }
  }

  private void check(Node.Operation plain) {
    long expected = interpreter.value(plain);
    assertEquals(expected, Evaluation.of(plain, read -> 0), plain::toString);
    Node folded = Ops.mapped(plain, operand -> operand);
    assertEquals(new Node.Const(plain.width(), expected), folded, plain::toString);
  }

  /** One of each kind whose first operand has a width. */
  private static List<Node.Operation> operations(SplittableRandom random, int width) {
    List<Node.Operation> all = new ArrayList<>();
    Node.Const a = value(random, width);
    for (UnaryOp op : UnaryOp.values()) {
      boolean isWhole = width == 16 || width == Integer.SIZE || width == Long.SIZE;
      if (isWhole || op != UnaryOp.REVERSE_BYTES) {
        all.add(new Node.Unary(op, width, a));
      }
    }
    for (BinaryOp op : BinaryOp.values()) {
      if (isDefined(op, width)) {
        int right = op.shift() ? random.nextInt(1, Long.SIZE + 1) : width;
        Node.Const b = value(random, right);
        all.add(new Node.Binary(op, op.comparison() ? 1 : width, a, b));
      }
    }
    int low = random.nextInt(width);
    all.add(new Node.Extract(random.nextInt(1, width - low + 1), low, a));
    all.add(new Node.Extend(random.nextInt(width, Long.SIZE + 1), random.nextBoolean(), a));
    if (width < Long.SIZE) {
      int below = random.nextInt(1, Long.SIZE - width + 1);
      all.add(new Node.Concat(width + below, a, value(random, below)));
    }
    all.add(new Node.Select(width, value(random, 1), a, value(random, width)));
    return all;
  }

  private static boolean isDefined(BinaryOp op, int width) {
    return switch (op) {
      case ROR -> width == Integer.SIZE || width == Long.SIZE;
      case UMULH, SMULH -> width <= Integer.SIZE || width == Long.SIZE;
      default -> true;
    };
  }

  /** Any bits, often few of them or nearly all. */
  private static Node.Const value(SplittableRandom random, int width) {
    return Ops.constant(width, random.nextLong() >> random.nextInt(Long.SIZE));
  }
}
