package dev.axon64.codegen.isa.ir;

/** Operators of two operands. */
public enum BinaryOp {
  ADD,
  SUB,
  MUL,
  /** By zero gives 0. */
  UDIV,
  /** Towards zero; by zero gives 0. */
  SDIV,
  /** Upper half of the unsigned product. */
  UMULH,
  /** Upper half of the signed product. */
  SMULH,
  AND,
  OR,
  XOR,
  /** Shifts take an amount of any width, unsigned; at width or more nothing is left. */
  LSL,
  LSR,
  /** At width or more the sign is left. */
  ASR,
  /** Rotates right, by the amount modulo the width; 32 or 64 bits. */
  ROR,
  EQ,
  ULT,
  SLT;

  /** Whether the result is 1 bit. */
  public boolean comparison() {
    return this == EQ || this == ULT || this == SLT;
  }

  /** Whether the right operand is a shift amount. */
  public boolean shift() {
    return this == LSL || this == LSR || this == ASR || this == ROR;
  }

  /** Whether the operands may change places. */
  public boolean commutative() {
    return switch (this) {
      case ADD, MUL, UMULH, SMULH, AND, OR, XOR, EQ -> true;
      default -> false;
    };
  }

  /**
   * Computes it.
   *
   * @param width of the operands (of the left one for shifts)
   * @param a zero above the width, as is {@code b}
   * @return zero above the result's width
   */
  public long apply(int width, long a, long b) {
    long mask = Ops.mask(width);
    return switch (this) {
      case ADD -> (a + b) & mask;
      case SUB -> (a - b) & mask;
      case MUL -> (a * b) & mask;
      case UDIV -> b == 0 ? 0 : Long.divideUnsigned(a, b);
      case SDIV -> b == 0 ? 0 : (signed(width, a) / signed(width, b)) & mask;
      case UMULH -> width == Long.SIZE ? unsignedHigh(a, b) : high(a, b, width) & mask;
      case SMULH ->
          (width == Long.SIZE
                  ? Math.multiplyHigh(a, b)
                  : high(signed(width, a), signed(width, b), width))
              & mask;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case LSL -> Long.compareUnsigned(b, width) >= 0 ? 0 : (a << b) & mask;
      case LSR -> Long.compareUnsigned(b, width) >= 0 ? 0 : a >>> b;
      case ASR ->
          (signed(width, a) >> (Long.compareUnsigned(b, width) >= 0 ? Long.SIZE - 1 : b)) & mask;
      case ROR ->
          width == Long.SIZE
              ? Long.rotateRight(a, (int) (b & 63))
              : Integer.rotateRight((int) a, (int) (b & 31)) & mask;
      case EQ -> a == b ? 1 : 0;
      case ULT -> Long.compareUnsigned(a, b) < 0 ? 1 : 0;
      case SLT -> signed(width, a) < signed(width, b) ? 1 : 0;
    };
  }

  private static long signed(int width, long a) {
    return a << (Long.SIZE - width) >> (Long.SIZE - width);
  }

  private static long unsignedHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** Operands of up to 32 bits, whose product fits. */
  private static long high(long a, long b, int width) {
    if (width > Integer.SIZE) {
      throw new IllegalArgumentException("upper half of a product of " + width + " bits");
    }
    return (a * b) >> width;
  }
}
