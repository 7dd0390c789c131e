package dev.axon64.metal.jit;

/**
 * The library functions on one float. Transcendental functions are computed in double and rounded
 * once to float, so they are within one unit in the last place of the true value; min and max give
 * the other operand if one is NaN, as fmin and fmax do.
 */
public final class FloatFunctions {
  private FloatFunctions() {}

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

  public static float fmod(float x, float y) {
    return x % y;
  }

  public static float atan2(float x, float y) {
    return (float) Math.atan2(x, y);
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

  public static float log2(float x) {
    if (Float.isInfinite(x) || !(x > 0)) {
      return (float) Math.log(x);
    }
    int exponent = Math.getExponent(x);
    double mantissa = x / Math.scalb(1.0, exponent);
    return (float) (exponent + Math.log(mantissa) / 0.6931471805599453);
  }

  public static float fract(float x) {
    // The largest float below one, where x - floor(x) would round up to one.
    return Float.isInfinite(x) ? 0 : Math.min(x - (float) Math.floor(x), 0x1.fffffep-1f);
  }

  public static float smoothstep(float x, float y, float z) {
    float t = saturate((z - x) / (y - x));
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
}
