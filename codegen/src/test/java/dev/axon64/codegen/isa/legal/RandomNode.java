package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.SplittableRandom;

/** Random trees over four locals of each width, many of them with upper bits that are zero. */
final class RandomNode {
  /** Locals have the numbers 4 * width to 4 * width + 3. */
  static final int LOCALS = 4;

  private static final UnaryOp[] UNARY = {UnaryOp.NOT, UnaryOp.CLZ, UnaryOp.COUNT, UnaryOp.REVERSE};
  private static final BinaryOp[] BINARY = BinaryOp.values();

  private final SplittableRandom random;

  RandomNode(SplittableRandom random) {
    this.random = random;
  }

  Node of(int width, int depth) {
    int shape = random.nextInt(depth == 0 ? 3 : 12);
    return switch (shape) {
      case 0 -> Ops.constant(width, random.nextLong() >>> random.nextInt(64));
      case 1, 2 -> new Node.Local(width, LOCALS * width + random.nextInt(LOCALS), "l");
      case 3 -> Ops.unary(UNARY[random.nextInt(UNARY.length)], of(width, depth - 1));
      case 4, 5 -> extend(width, depth);
      case 6 -> {
        int wider = random.nextInt(width, Long.SIZE + 1);
        yield Ops.extract(width, random.nextInt(wider - width + 1), of(wider, depth - 1));
      }
      case 7 -> {
        int low = width == 1 ? 0 : random.nextInt(1, width);
        yield low == 0
            ? of(width, depth - 1)
            : Ops.concat(of(width - low, depth - 1), of(low, depth - 1));
      }
      case 8 -> Ops.select(of(1, depth - 1), of(width, depth - 1), of(width, depth - 1));
      default -> binary(width, depth);
    };
  }

  private Node extend(int width, int depth) {
    int narrower = random.nextInt(1, width + 1);
    return Ops.extend(width, random.nextInt(4) == 0, of(narrower, depth - 1));
  }

  private Node binary(int width, int depth) {
    BinaryOp op = BINARY[random.nextInt(BINARY.length)];
    if (op.comparison()) {
      int operands = random.nextInt(1, Long.SIZE + 1);
      Node answer = Ops.binary(op, of(operands, depth - 1), of(operands, depth - 1));
      return Ops.extend(width, false, answer);
    }
    boolean high = op == BinaryOp.UMULH || op == BinaryOp.SMULH;
    boolean unfit = high && width > 32 && width < 64 || op == BinaryOp.ROR && width % 32 != 0;
    if (unfit) {
      return of(width, depth - 1);
    }
    int right = op.shift() ? random.nextInt(1, Long.SIZE + 1) : width;
    return Ops.binary(op, of(width, depth - 1), of(right, depth - 1));
  }
}
