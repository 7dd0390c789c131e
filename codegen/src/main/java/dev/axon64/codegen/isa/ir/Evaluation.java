package dev.axon64.codegen.isa.ir;

import java.util.function.ToLongFunction;

/**
 * Computes nodes. This is the only place that says what an operation gives; folding and whatever
 * else computes nodes asks here.
 */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Computes a tree.
   *
   * @param reads gives the value of each read; bits above the read's width are ignored
   * @return zero above the node's width
   */
  public static long of(Node node, ToLongFunction<Node.Read> reads) {
    return switch (node) {
      case Node.Const n -> n.value();
      case Node.Read n -> reads.applyAsLong(n) & Ops.mask(n.width());
      case Node.Operation n -> {
        long[] values = n.operands().stream().mapToLong(operand -> of(operand, reads)).toArray();
        yield of(
            n, values[0], values.length > 1 ? values[1] : 0, values.length > 2 ? values[2] : 0);
      }
    };
  }

  /**
   * Computes an operation from the values of its operands.
   *
   * @param a the first operand's value, zero above its width, as are the others
   * @param b the second one's, ignored if there is none
   * @param c the third one's, ignored if there is none
   * @return zero above the operation's width
   */
  public static long of(Node.Operation operation, long a, long b, long c) {
    return switch (operation) {
      case Node.Binary n -> binary(n.op(), n.left().width(), a, b);
      case Node.Extract n -> a >>> n.low() & Ops.mask(n.width());
      case Node.Extend n -> n.signed() ? signed(n.operand().width(), a) & Ops.mask(n.width()) : a;
      case Node.Unary n -> unary(n.op(), n.width(), a);
      case Node.Concat n -> a << n.low().width() | b;
      case Node.Select n -> a != 0 ? b : c;
    };
  }

  /**
   * Computes an operation whose operands are constants.
   *
   * @throws IllegalArgumentException if an operand is not
   */
  static Node.Const known(Node.Operation operation) {
    return Ops.constant(operation.width(), of(operation, Evaluation::unknown));
  }

  private static long unknown(Node.Read read) {
    throw new IllegalArgumentException("not a constant: " + read);
  }

  /** The number that {@code width} bits stand for in two's complement. */
  public static long signed(int width, long a) {
    int spare = Long.SIZE - width;
    return a << spare >> spare;
  }

  private static long unary(UnaryOp op, int width, long a) {
    int spare = Long.SIZE - width;
    return switch (op) {
      case NOT -> ~a & Ops.mask(width);
      case CLZ -> Long.numberOfLeadingZeros(a) - spare;
      case COUNT -> Long.bitCount(a);
      case REVERSE -> Long.reverse(a) >>> spare;
      case REVERSE_BYTES -> Long.reverseBytes(a) >>> spare;
    };
  }

  private static long binary(BinaryOp op, int width, long a, long b) {
    long mask = Ops.mask(width);
    boolean inRange = Long.compareUnsigned(b, width) < 0;
    return switch (op) {
      case ADD -> a + b & mask;
      case SUB -> a - b & mask;
      case MUL -> a * b & mask;
      case UDIV -> b == 0 ? 0 : Long.divideUnsigned(a, b);
      case SDIV -> b == 0 ? 0 : signed(width, a) / signed(width, b) & mask;
      case UMULH -> upperHalf(width, a, b, Math.unsignedMultiplyHigh(a, b));
      case SMULH -> {
        long x = signed(width, a);
        long y = signed(width, b);
        yield upperHalf(width, x, y, Math.multiplyHigh(x, y));
      }
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case LSL -> inRange ? a << b & mask : 0;
      case LSR -> inRange ? a >>> b : 0;
      case ASR -> signed(width, a) >> (inRange ? b : Long.SIZE - 1) & mask;
      case ROR -> rotated(width, a, (int) Long.remainderUnsigned(b, width));
      case EQ -> truth(a == b);
      case ULT -> truth(Long.compareUnsigned(a, b) < 0);
      case SLT -> truth(signed(width, a) < signed(width, b));
    };
  }

  private static long truth(boolean value) {
    return value ? 1 : 0;
  }

  /**
   * The bits of a product from {@code width} up.
   *
   * @param high its bits from 64 up
   */
  private static long upperHalf(int width, long a, long b, long high) {
    return width == Long.SIZE
        ? high
        : (high << Long.SIZE - width | a * b >>> width) & Ops.mask(width);
  }

  private static long rotated(int width, long a, int by) {
    return by == 0 ? a : (a >>> by | a << width - by) & Ops.mask(width);
  }
}
