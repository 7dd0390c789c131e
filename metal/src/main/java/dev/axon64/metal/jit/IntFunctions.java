package dev.axon64.metal.jit;

/**
 * The library functions on one integer of at most 32 bits. A name that ends in U is the unsigned
 * form; {@code width} is 8, 16 or 32 where the result depends on it.
 */
public final class IntFunctions {
  private IntFunctions() {}

  public static int abs(int x) {
    return Math.abs(x);
  }

  public static int absU(int x) {
    return x;
  }

  public static int min(int x, int y) {
    return Math.min(x, y);
  }

  public static int max(int x, int y) {
    return Math.max(x, y);
  }

  public static int minU(int x, int y) {
    return Integer.compareUnsigned(x, y) < 0 ? x : y;
  }

  public static int maxU(int x, int y) {
    return Integer.compareUnsigned(x, y) > 0 ? x : y;
  }

  public static int clamp(int x, int y, int z) {
    return min(max(x, y), z);
  }

  public static int min3(int x, int y, int z) {
    return min(min(x, y), z);
  }

  public static int max3(int x, int y, int z) {
    return max(max(x, y), z);
  }

  public static int median3(int x, int y, int z) {
    return max(min(x, y), min(max(x, y), z));
  }

  public static int clampU(int x, int y, int z) {
    return minU(maxU(x, y), z);
  }

  public static int min3U(int x, int y, int z) {
    return minU(minU(x, y), z);
  }

  public static int max3U(int x, int y, int z) {
    return maxU(maxU(x, y), z);
  }

  public static int median3U(int x, int y, int z) {
    return maxU(minU(x, y), minU(maxU(x, y), z));
  }

  public static int mad(int x, int y, int z) {
    return x * y + z;
  }

  public static int mul24(int x, int y) {
    return x * y;
  }

  public static int absdiff(int x, int y) {
    return x > y ? x - y : y - x;
  }

  public static int absdiffU(int x, int y) {
    return Integer.compareUnsigned(x, y) > 0 ? x - y : y - x;
  }

  public static int hadd(int x, int y) {
    return (x & y) + ((x ^ y) >> 1);
  }

  public static int haddU(int x, int y) {
    return (x & y) + ((x ^ y) >>> 1);
  }

  public static int rhadd(int x, int y) {
    return (x | y) - ((x ^ y) >> 1);
  }

  public static int rhaddU(int x, int y) {
    return (x | y) - ((x ^ y) >>> 1);
  }

  public static int popcount(int x, int width) {
    return Integer.bitCount(x & (-1 >>> (32 - width)));
  }

  public static int clz(int x, int width) {
    return Integer.numberOfLeadingZeros(x & (-1 >>> (32 - width))) - (32 - width);
  }

  public static int ctz(int x, int width) {
    return Math.min(width, Integer.numberOfTrailingZeros(x));
  }

  public static int reverse_bits(int x, int width) {
    return Integer.reverse(x) >>> (32 - width);
  }

  public static int rotate(int x, int y, int width) {
    int value = x & (-1 >>> (32 - width));
    int by = y & (width - 1);
    return by == 0 ? x : (value << by) | (value >>> (width - by));
  }

  public static int mulhi(int x, int y, int width) {
    return (int) (((long) x * y) >> width);
  }

  public static int mulhiU(int x, int y, int width) {
    return (int) (((x & 0xffffffffL) * (y & 0xffffffffL)) >>> width);
  }

  private static int saturate(long value, int width) {
    long most = (1L << (width - 1)) - 1;
    return (int) Math.max(-most - 1, Math.min(most, value));
  }

  private static int saturateU(long value, int width) {
    return (int) Math.max(0, Math.min(0xffffffffL >>> (32 - width), value));
  }

  public static int addsat(int x, int y, int width) {
    return saturate((long) x + y, width);
  }

  public static int subsat(int x, int y, int width) {
    return saturate((long) x - y, width);
  }

  public static int addsatU(int x, int y, int width) {
    return saturateU((x & 0xffffffffL) + (y & 0xffffffffL), width);
  }

  public static int subsatU(int x, int y, int width) {
    return saturateU((x & 0xffffffffL) - (y & 0xffffffffL), width);
  }

  public static int extract_bits(int x, int offset, int bits, int width) {
    return (int) LongFunctions.extract_bits((long) x, offset, Math.min(bits & 0xff, width));
  }

  public static int extract_bitsU(int x, int offset, int bits, int width) {
    return (int) LongFunctions.extract_bitsU(x & 0xffffffffL, offset, Math.min(bits & 0xff, width));
  }

  public static int insert_bits(int x, int y, int offset, int bits, int width) {
    return (int) LongFunctions.insert_bits((long) x, y, offset, bits);
  }
}
