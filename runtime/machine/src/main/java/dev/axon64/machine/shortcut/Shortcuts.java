package dev.axon64.machine.shortcut;

/**
 * The shortcuts that the spec's floating-point functions name. The JVM rounds to the nearest
 * number, as FPCR's default says, but tells neither NaNs apart nor what FPSR collects. So a
 * shortcut takes the default mode alone, gives numbers alone, and gives them only if no flag could
 * be raised that is not set yet: where nothing over- or underflows, that is the one for inexact
 * results.
 *
 * <p>Every method takes FPCR and FPSR, and then what the spec's function takes. Each is small
 * enough to be inlined anywhere.
 */
public final class Shortcuts {
  /**
   * What declines, of 64 bits: a signalling NaN. If it is ever the answer, it is computed in full.
   */
  public static final long DECLINED_64 = 0x7ff4000000000000L;

  /** What declines, of 32 bits. */
  public static final int DECLINED_32 = 0x7fa00000;

  private Shortcuts() {}

  private static double number(long bits) {
    return Double.longBitsToDouble(bits);
  }

  private static float number(int bits) {
    return Float.intBitsToFloat(bits);
  }

  /** The pattern of a result, if nothing speaks against it. */
  private static long bits(boolean taken, double result) {
    return taken ? Double.doubleToRawLongBits(result) : DECLINED_64;
  }

  private static int bits(boolean taken, float result) {
    return taken ? Float.floatToRawIntBits(result) : DECLINED_32;
  }

  // Arithmetic.

  /** {@code x + y} or {@code x - y}; a subnormal sum is exact. */
  public static long sum(int control, int status, long x, long y, boolean subtract) {
    double a = number(x);
    double b = subtract ? -number(y) : number(y);
    double sum = a + b;
    return bits(
        control == 0
            && Math.abs(sum) <= Double.MAX_VALUE
            && (Results.known(status) || Results.isExact(a, b, sum)),
        sum);
  }

  /** {@code x + y} or {@code x - y}. */
  public static int sum(int control, int status, int x, int y, boolean subtract) {
    float a = number(x);
    float b = subtract ? -number(y) : number(y);
    float sum = a + b;
    return bits(
        control == 0
            && Math.abs(sum) <= Float.MAX_VALUE
            && (Results.known(status) || Results.isExact(a, b, sum)),
        sum);
  }

  /** {@code x * y}. */
  public static long product(int control, int status, long x, long y) {
    double a = number(x);
    double b = number(y);
    double product = a * b;
    return bits(
        control == 0
            && (Results.isNormal(product)
                ? Results.known(status)
                    || Math.abs(product) > Results.REMAINDERS && Math.fma(a, b, -product) == 0
                : product == 0 && (a == 0 || b == 0)),
        product);
  }

  /** {@code x * y}. */
  public static int product(int control, int status, int x, int y) {
    float a = number(x);
    float b = number(y);
    float product = a * b;
    return bits(
        control == 0
            && (Results.isNormal(product)
                ? Results.known(status) || (double) a * b == product
                : product == 0 && (a == 0 || b == 0)),
        product);
  }

  /** {@code x / y}. */
  public static long quotient(int control, int status, long x, long y) {
    double a = number(x);
    double b = number(y);
    double quotient = a / b;
    return bits(
        control == 0
            && (Results.isNormal(quotient)
                ? Results.known(status)
                    || Math.abs(a) > Results.REMAINDERS && Math.fma(quotient, b, -a) == 0
                : quotient == 0 && a == 0),
        quotient);
  }

  /** {@code x / y}. */
  public static int quotient(int control, int status, int x, int y) {
    float a = number(x);
    float b = number(y);
    float quotient = a / b;
    return bits(
        control == 0
            && (Results.isNormal(quotient)
                ? Results.known(status) || (double) quotient * b == a
                : quotient == 0 && a == 0),
        quotient);
  }

  /** The square root, which is never too small. */
  public static long root(int control, int status, long x) {
    double a = number(x);
    double root = Math.sqrt(a);
    return bits(
        control == 0
            && root <= Double.MAX_VALUE
            && (Results.known(status)
                || a == 0
                || a > Results.REMAINDERS && Math.fma(root, root, -a) == 0),
        root);
  }

  /** The square root. */
  public static int root(int control, int status, int x) {
    float a = number(x);
    float root = (float) Math.sqrt(a);
    return bits(
        control == 0
            && root <= Float.MAX_VALUE
            && (Results.known(status) || (double) root * root == a),
        root);
  }

  /** {@code addend + x * y}, rounded once. */
  public static long productPlus(int control, int status, long addend, long x, long y) {
    double a = number(x);
    double b = number(y);
    double c = number(addend);
    double sum = Math.fma(a, b, c);
    return bits(
        control == 0
            && (Results.isNormal(sum)
                ? Results.known(status)
                : sum == 0 && (a == 0 || b == 0 || Math.abs(c) > Results.REMAINDERS)),
        sum);
  }

  /** {@code addend + x * y}, rounded once. */
  public static int productPlus(int control, int status, int addend, int x, int y) {
    float a = number(x);
    float b = number(y);
    float c = number(addend);
    float sum = Math.fma(a, b, c);
    return bits(
        control == 0
            && (Results.isNormal(sum)
                ? Results.known(status)
                : sum == 0 && (a == 0 || b == 0 || Math.abs(c) > Results.REMAINDERS_32)),
        sum);
  }

  // Comparison.

  /** The flags N Z C V of two numbers. */
  public static int comparison(int control, int status, long x, long y, boolean signal) {
    return control == 0 ? comparison(number(x), number(y)) : DECLINED_32;
  }

  /** The flags N Z C V of two numbers. */
  public static int comparison(int control, int status, int x, int y, boolean signal) {
    return control == 0 ? comparison(number(x), number(y)) : DECLINED_32;
  }

  private static int comparison(double a, double b) {
    return a < b ? 0b1000 : a == b ? 0b0110 : a > b ? 0b0010 : DECLINED_32;
  }

  /** The larger or the smaller one. */
  public static long extreme(
      int control, int status, long x, long y, boolean minimum, boolean number) {
    double a = number(x);
    double b = number(y);
    double extreme = minimum ? Math.min(a, b) : Math.max(a, b);
    return bits(control == 0 && !Double.isNaN(extreme), extreme);
  }

  /** The larger or the smaller one. */
  public static int extreme(
      int control, int status, int x, int y, boolean minimum, boolean number) {
    float a = number(x);
    float b = number(y);
    float extreme = minimum ? Math.min(a, b) : Math.max(a, b);
    return bits(control == 0 && !Float.isNaN(extreme), extreme);
  }

  // Conversion.

  /** A number as an integer, if it fits easily. */
  public static long toInteger(
      int control, int status, long x, int fraction, boolean unsigned, boolean wide, int mode) {
    return control == 0 && fraction == 0
        ? toInteger(status, number(x), unsigned, wide, mode)
        : DECLINED_64;
  }

  /** A number as an integer, if it fits easily. */
  public static long toInteger(
      int control, int status, int x, int fraction, boolean unsigned, boolean wide, int mode) {
    return control == 0 && fraction == 0
        ? toInteger(status, number(x), unsigned, wide, mode)
        : DECLINED_64;
  }

  private static long toInteger(int status, double a, boolean unsigned, boolean wide, int mode) {
    double whole = mode == Results.TO_ZERO ? a : Results.rounded(a, mode);
    long integer = (long) whole;
    boolean fits = Math.abs(whole) < (wide ? 0x1p63 : 0x1p31) && !(unsigned && a < 0);
    return fits && (Results.known(status) || integer == a) ? integer : DECLINED_64;
  }

  /** An integral number nearby. */
  public static long integral(int control, int status, long x, int mode, boolean exact) {
    double a = number(x);
    double whole = Results.rounded(a, mode);
    return bits(
        control == 0 && !Double.isNaN(whole) && (!exact || Results.known(status) || whole == a),
        whole);
  }

  /** An integral number nearby. */
  public static int integral(int control, int status, int x, int mode, boolean exact) {
    float a = number(x);
    float whole = (float) Results.rounded(a, mode);
    return bits(
        control == 0 && !Float.isNaN(whole) && (!exact || Results.known(status) || whole == a),
        whole);
  }

  /** An integer as a number. */
  public static long toDouble(int control, int status, long value, int fraction, boolean unsigned) {
    boolean exact = value == value << 10 >> 10;
    return bits(
        control == 0
            && fraction == 0
            && (Results.known(status) || exact)
            && !(unsigned && value < 0),
        (double) value);
  }

  /** An integer as a number. */
  public static int toSingle(int control, int status, long value, int fraction, boolean unsigned) {
    boolean exact = value == value << 39 >> 39;
    return bits(
        control == 0
            && fraction == 0
            && (Results.known(status) || exact)
            && !(unsigned && value < 0),
        (float) value);
  }

  /** A number in double precision. */
  public static long widened(int control, int status, int x) {
    double wide = number(x);
    return bits(control == 0 && !Double.isNaN(wide), wide);
  }

  /** A number in single precision. */
  public static int narrowed(int control, int status, long x) {
    double a = number(x);
    float narrow = (float) a;
    return bits(
        control == 0 && (Results.isNormal(narrow) ? Results.known(status) || narrow == a : a == 0),
        narrow);
  }
}
