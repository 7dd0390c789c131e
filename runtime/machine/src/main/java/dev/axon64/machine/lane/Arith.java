package dev.axon64.machine.lane;

/**
 * Operators of the instruction spec that are more than one of Java's. Operands are zero above their
 * width, and so are results.
 */
public final class Arith {
  private Arith() {}

  private static long mask(int width) {
    return -1L >>> (Long.SIZE - width);
  }

  private static long signed(long a, int width) {
    return a << (Long.SIZE - width) >> (Long.SIZE - width);
  }

  /** Where a register stands whose number 31 means the stack pointer: 31 is moved to 32. */
  public static int stack(int register) {
    return register + (register + 1 >>> 5);
  }

  /** {@code a << s}, 0 if s is at the width or above. */
  public static long lsl(long a, long s, int width) {
    return Long.compareUnsigned(s, width) >= 0 ? 0 : a << s & mask(width);
  }

  /** {@code a >>> s}, 0 if s is at the width or above. */
  public static long lsr(long a, long s, int width) {
    return Long.compareUnsigned(s, width) >= 0 ? 0 : a >>> s;
  }

  /** {@code a >> s}, the sign if s is at the width or above. */
  public static long asr(long a, long s, int width) {
    long by = Long.compareUnsigned(s, width) >= 0 ? Long.SIZE - 1 : s;
    return signed(a, width) >> by & mask(width);
  }

  /** Unsigned quotient; by zero 0. */
  public static long udiv(long a, long b) {
    return b == 0 ? 0 : Long.divideUnsigned(a, b);
  }

  /** Signed quotient towards zero; by zero 0. */
  public static long sdiv(long a, long b, int width) {
    return b == 0 ? 0 : signed(a, width) / signed(b, width) & mask(width);
  }

  /** Upper half of the unsigned product; up to 32 bits, or 64. */
  public static long umulh(long a, long b, int width) {
    return width == Long.SIZE ? Math.unsignedMultiplyHigh(a, b) : a * b >>> width;
  }

  /** Upper half of the signed product; up to 32 bits, or 64. */
  public static long smulh(long a, long b, int width) {
    return width == Long.SIZE
        ? Math.multiplyHigh(a, b)
        : signed(a, width) * signed(b, width) >> width & mask(width);
  }
}
