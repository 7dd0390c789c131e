package dev.axon64.codegen.isa.ir;

import java.util.function.ToLongFunction;

/**
 * Computes nodes. This is the only place that says what an operation gives; folding and whatever
 * else computes nodes asks here.
 */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Computes a node.
   *
   * @param reads gives the value of each read; bits above the read's width are ignored
   * @return zero above the node's width
   */
  public static long of(Node node, ToLongFunction<Node.Read> reads) {
    return switch (node) {
      case Node.Const n -> n.value();
      case Node.Read n -> reads.applyAsLong(n) & Ops.mask(n.width());
      case Node.Unary n -> unary(n.op(), n.width(), of(n.operand(), reads));
      case Node.Binary n ->
          binary(n.op(), n.left().width(), of(n.left(), reads), of(n.right(), reads));
      case Node.Extract n -> of(n.operand(), reads) >>> n.low() & Ops.mask(n.width());
      case Node.Extend n -> {
        long operand = of(n.operand(), reads);
        yield n.signed() ? signed(n.operand().width(), operand) & Ops.mask(n.width()) : operand;
      }
      case Node.Concat n -> of(n.high(), reads) << n.low().width() | of(n.low(), reads);
      case Node.Select n -> of(of(n.condition(), reads) != 0 ? n.yes() : n.no(), reads);
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
