package dev.axon64.metal.jit;

/**
 * The library functions on one component. Transcendental functions are computed in double and
 * rounded once to float, so they are within one unit in the last place of the true value; min and
 * max give the other operand if one is NaN, as fmin and fmax do.
 */
public final class BuiltinMath {
  private BuiltinMath() {}

  public static float sqrt(float x) {
    return (float) Math.sqrt(x);
  }

  public static float rsqrt(float x) {
    return 1.0f / (float) Math.sqrt(x);
  }

  public static float exp(float x) {
    return (float) Math.exp(x);
  }

  public static float exp2(float x) {
    return (float) Math.pow(2.0, x);
  }

  public static float exp10(float x) {
    return (float) Math.pow(10.0, x);
  }

  public static float log(float x) {
    return (float) Math.log(x);
  }

  public static float log2(float x) {
    return Float.isInfinite(x) || !(x > 0) ? (float) Math.log(x) : log2Positive(x);
  }

  public static float log10(float x) {
    return (float) Math.log10(x);
  }

  public static float sin(float x) {
    return (float) Math.sin(x);
  }

  public static float cos(float x) {
    return (float) Math.cos(x);
  }

  public static float tan(float x) {
    return (float) Math.tan(x);
  }

  public static float asin(float x) {
    return (float) Math.asin(x);
  }

  public static float acos(float x) {
    return (float) Math.acos(x);
  }

  public static float atan(float x) {
    return (float) Math.atan(x);
  }

  public static float sinh(float x) {
    return (float) Math.sinh(x);
  }

  public static float cosh(float x) {
    return (float) Math.cosh(x);
  }

  public static float tanh(float x) {
    return (float) Math.tanh(x);
  }

  public static float asinh(float x) {
    return (float)
        (Math.signum(x) * Math.log(Math.abs((double) x) + Math.sqrt((double) x * x + 1)));
  }

  public static float acosh(float x) {
    return (float) Math.log(x + Math.sqrt((double) x * x - 1));
  }

  public static float atanh(float x) {
    return (float) (0.5 * Math.log((1.0 + x) / (1.0 - x)));
  }

  public static float floor(float x) {
    return (float) Math.floor(x);
  }

  public static float ceil(float x) {
    return (float) Math.ceil(x);
  }

  public static float trunc(float x) {
    return x < 0 ? (float) Math.ceil(x) : (float) Math.floor(x);
  }

  public static float round(float x) {
    return Math.copySign((float) Math.floor(Math.abs((double) x) + 0.5), x);
  }

  public static float rint(float x) {
    return (float) Math.rint(x);
  }

  public static float fract(float x) {
    return fractOf(x);
  }

  public static float fabs(float x) {
    return Math.abs(x);
  }

  public static float sign(float x) {
    return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? x : 0;
  }

  public static float saturate(float x) {
    return min(max(x, 0), 1);
  }

  public static float sinpi(float x) {
    return (float) Math.sin(x * Math.PI);
  }

  public static float cospi(float x) {
    return (float) Math.cos(x * Math.PI);
  }

  public static float tanpi(float x) {
    return (float) Math.tan(x * Math.PI);
  }

  public static float pow(float x, float y) {
    return (float) Math.pow(x, y);
  }

  public static float powr(float x, float y) {
    return (float) Math.pow(x, y);
  }

  public static float fmod(float x, float y) {
    return x % y;
  }

  public static float atan2(float x, float y) {
    return (float) Math.atan2(x, y);
  }

  public static float fmin(float x, float y) {
    return min(x, y);
  }

  public static float fmax(float x, float y) {
    return max(x, y);
  }

  public static float copysign(float x, float y) {
    return Math.copySign(x, y);
  }

  public static float fdim(float x, float y) {
    return x > y ? x - y : x != x || y != y ? x + y : 0;
  }

  public static float step(float x, float y) {
    return y < x ? 0 : 1;
  }

  public static float nextafter(float x, float y) {
    return Math.nextAfter(x, y);
  }

  public static float min(float x, float y) {
    return y < x || x != x ? y : x;
  }

  public static float max(float x, float y) {
    return x < y || x != x ? y : x;
  }

  public static float fma(float x, float y, float z) {
    return Math.fma(x, y, z);
  }

  public static float mix(float x, float y, float z) {
    return x + (y - x) * z;
  }

  public static float smoothstep(float x, float y, float z) {
    return smooth(saturate((z - x) / (y - x)));
  }

  public static float fmin3(float x, float y, float z) {
    return min(min(x, y), z);
  }

  public static float fmax3(float x, float y, float z) {
    return max(max(x, y), z);
  }

  public static float clamp(float x, float y, float z) {
    return min(max(x, y), z);
  }

  public static float mad(float x, float y, float z) {
    return x * y + z;
  }

  public static float min3(float x, float y, float z) {
    return min(min(x, y), z);
  }

  public static float max3(float x, float y, float z) {
    return max(max(x, y), z);
  }

  public static float median3(float x, float y, float z) {
    return max(min(x, y), min(max(x, y), z));
  }

  public static float abs(float x) {
    return Math.abs(x);
  }

  public static float ldexp(float x, int e) {
    return Math.scalb(x, e);
  }

  private static float log2Positive(float x) {
    int exponent = Math.getExponent(x);
    double mantissa = x / Math.scalb(1.0, exponent);
    return (float) (exponent + Math.log(mantissa) / 0.6931471805599453);
  }

  private static float fractOf(float x) {
    // The largest float below one, where x - floor(x) would round up to one.
    return Float.isInfinite(x) ? 0 : Math.min(x - (float) Math.floor(x), 0x1.fffffep-1f);
  }

  private static float smooth(float t) {
    return t * t * (3.0f - 2.0f * t);
  }

  public static int isnan(float x) {
    return x != x ? 1 : 0;
  }

  public static int isinf(float x) {
    return Float.isInfinite(x) ? 1 : 0;
  }

  public static int isfinite(float x) {
    return Float.isFinite(x) ? 1 : 0;
  }

  public static int isnormal(float x) {
    return Float.isFinite(x) && Math.abs(x) >= Float.MIN_NORMAL ? 1 : 0;
  }

  public static int signbit(float x) {
    return Float.floatToRawIntBits(x) >>> 31;
  }

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

  public static int mad24(int x, int y, int z) {
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

  public static long mad24(long x, long y, long z) {
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

  public static int popcount(int x, int width) {
    return Integer.bitCount(x & (-1 >>> (32 - width)));
  }

  public static long popcount(long x) {
    return Long.bitCount(x);
  }

  public static int clz(int x, int width) {
    return Integer.numberOfLeadingZeros(x & (-1 >>> (32 - width))) - (32 - width);
  }

  public static long clz(long x) {
    return Long.numberOfLeadingZeros(x);
  }

  public static int ctz(int x, int width) {
    return Math.min(width, Integer.numberOfTrailingZeros(x));
  }

  public static long ctz(long x) {
    return Long.numberOfTrailingZeros(x);
  }

  public static int reverse_bits(int x, int width) {
    return Integer.reverse(x) >>> (32 - width);
  }

  public static long reverse_bits(long x) {
    return Long.reverse(x);
  }

  public static int rotate(int x, int y, int width) {
    int value = x & (-1 >>> (32 - width));
    int by = y & (width - 1);
    return by == 0 ? x : (value << by) | (value >>> (width - by));
  }

  public static long rotate(long x, long y) {
    return Long.rotateLeft(x, (int) y);
  }

  public static int mulhi(int x, int y, int width) {
    return (int) (((long) x * y) >> width);
  }

  public static int mulhiU(int x, int y, int width) {
    return (int) (((x & 0xffffffffL) * (y & 0xffffffffL)) >>> width);
  }

  public static long mulhi(long x, long y) {
    return Math.multiplyHigh(x, y);
  }

  public static long mulhiU(long x, long y) {
    return Math.unsignedMultiplyHigh(x, y);
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

  public static int extract_bits(int x, int offset, int bits, int width) {
    return (int) extract_bits((long) x, offset, Math.min(bits & 0xff, width));
  }

  public static int extract_bitsU(int x, int offset, int bits, int width) {
    return (int) extract_bitsU(x & 0xffffffffL, offset, Math.min(bits & 0xff, width));
  }

  public static long extract_bits(long x, long offset, long bits) {
    return bits <= 0 ? 0 : x >> offset << (64 - Math.min(64, bits)) >> (64 - Math.min(64, bits));
  }

  public static long extract_bitsU(long x, long offset, long bits) {
    return bits <= 0 ? 0 : x >>> offset & (-1L >>> (64 - Math.min(64, bits)));
  }

  public static int insert_bits(int x, int y, int offset, int bits, int width) {
    return (int) insert_bits((long) x, y, offset, bits);
  }

  public static long insert_bits(long x, long y, long offset, long bits) {
    if (bits <= 0) {
      return x;
    }
    long mask = -1L >>> (64 - Math.min(64, bits)) << offset;
    return (x & ~mask) | (y << offset & mask);
  }
}
