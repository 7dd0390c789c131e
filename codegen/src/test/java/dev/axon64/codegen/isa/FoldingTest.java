package dev.axon64.codegen.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Operations on constants give what big integers give. */
class FoldingTest {
  @Property(tries = 2000)
  void operationsOnConstants(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    IrInterpreter interpreter = new IrInterpreter(0, 0);
    for (BinaryOp op : BinaryOp.values()) {
      int width = random.nextInt(1, Long.SIZE + 1);
      boolean upper = op == BinaryOp.UMULH || op == BinaryOp.SMULH;
      if (op == BinaryOp.ROR || upper && width > Integer.SIZE) {
        width = random.nextBoolean() && !upper ? Integer.SIZE : Long.SIZE;
      }
      Node.Const a = value(random, width);
      Node.Const b = value(random, op.shift() ? random.nextInt(1, Long.SIZE + 1) : width);
      Node plain = new Node.Binary(op, op.comparison() ? 1 : width, a, b);
      long expected = interpreter.value(plain);
      assertEquals(expected, op.apply(width, a.value(), b.value()), plain::toString);
      assertEquals(new Node.Const(plain.width(), expected), Ops.binary(op, a, b), plain::toString);
    }
  }

  /** Any bits, often few of them or nearly all. */
  private static Node.Const value(SplittableRandom random, int width) {
    long bits = random.nextLong() >> random.nextInt(Long.SIZE);
    return Ops.constant(width, bits & Ops.mask(width));
  }
}
