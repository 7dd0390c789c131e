package dev.axon64.metal.jit;

/** The library functions on one integer of 64 bits. A name that ends in U is the unsigned form. */
public final class LongFunctions {
  private LongFunctions() {}

  public static long abs(long x) {
    return Math.abs(x);
  }

  public static long absU(long x) {
    return x;
  }

  public static long min(long x, long y) {
    return Math.min(x, y);
  }

  public static long max(long x, long y) {
    return Math.max(x, y);
  }

  public static long minU(long x, long y) {
    return Long.compareUnsigned(x, y) < 0 ? x : y;
  }

  public static long maxU(long x, long y) {
    return Long.compareUnsigned(x, y) > 0 ? x : y;
  }

  public static long clamp(long x, long y, long z) {
    return min(max(x, y), z);
  }

  public static long min3(long x, long y, long z) {
    return min(min(x, y), z);
  }

  public static long max3(long x, long y, long z) {
    return max(max(x, y), z);
  }

  public static long median3(long x, long y, long z) {
    return max(min(x, y), min(max(x, y), z));
  }

  public static long clampU(long x, long y, long z) {
    return minU(maxU(x, y), z);
  }

  public static long min3U(long x, long y, long z) {
    return minU(minU(x, y), z);
  }

  public static long max3U(long x, long y, long z) {
    return maxU(maxU(x, y), z);
  }

  public static long median3U(long x, long y, long z) {
    return maxU(minU(x, y), minU(maxU(x, y), z));
  }

  public static long mad(long x, long y, long z) {
    return x * y + z;
  }

  public static long mul24(long x, long y) {
    return x * y;
  }

  public static long absdiff(long x, long y) {
    return x > y ? x - y : y - x;
  }

  public static long absdiffU(long x, long y) {
    return Long.compareUnsigned(x, y) > 0 ? x - y : y - x;
  }

  public static long hadd(long x, long y) {
    return (x & y) + ((x ^ y) >> 1);
  }

  public static long haddU(long x, long y) {
    return (x & y) + ((x ^ y) >>> 1);
  }

  public static long rhadd(long x, long y) {
    return (x | y) - ((x ^ y) >> 1);
  }

  public static long rhaddU(long x, long y) {
    return (x | y) - ((x ^ y) >>> 1);
  }

  public static long popcount(long x) {
    return Long.bitCount(x);
  }

  public static long clz(long x) {
    return Long.numberOfLeadingZeros(x);
  }

  public static long ctz(long x) {
    return Long.numberOfTrailingZeros(x);
  }

  public static long reverse_bits(long x) {
    return Long.reverse(x);
  }

  public static long rotate(long x, long y) {
    return Long.rotateLeft(x, (int) y);
  }

  public static long mulhi(long x, long y) {
    return Math.multiplyHigh(x, y);
  }

  public static long mulhiU(long x, long y) {
    return Math.unsignedMultiplyHigh(x, y);
  }

  public static long addsat(long x, long y) {
    long sum = x + y;
    return ((x ^ sum) & (y ^ sum)) < 0 ? (x < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  public static long subsat(long x, long y) {
    long difference = x - y;
    return ((x ^ y) & (x ^ difference)) < 0
        ? (x < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
        : difference;
  }

  public static long addsatU(long x, long y) {
    return Long.compareUnsigned(x + y, x) < 0 ? -1 : x + y;
  }

  public static long subsatU(long x, long y) {
    return Long.compareUnsigned(x, y) < 0 ? 0 : x - y;
  }

  public static long extract_bits(long x, long offset, long bits) {
    return bits <= 0 ? 0 : x >> offset << (64 - Math.min(64, bits)) >> (64 - Math.min(64, bits));
  }

  public static long extract_bitsU(long x, long offset, long bits) {
    return bits <= 0 ? 0 : x >>> offset & (-1L >>> (64 - Math.min(64, bits)));
  }

  public static long insert_bits(long x, long y, long offset, long bits) {
    if (bits <= 0) {
      return x;
    }
    long mask = -1L >>> (64 - Math.min(64, bits)) << offset;
    return (x & ~mask) | (y << offset & mask);
  }
}
