package dev.axon64.machine.shortcut;

/** What can be told of results. */
final class Results {
  /** FPSR.IXC, the flag for inexact results. */
  private static final int INEXACT = 0x10;

  /** Products above this have remainders that are numbers, too. */
  static final double REMAINDERS = 0x1p-900;

  /** The same in single precision. */
  static final float REMAINDERS_32 = 0x1p-90f;

  // Rounding modes.
  private static final int TIE_EVEN = 0;
  private static final int UPWARD = 1;
  private static final int DOWNWARD = 2;
  static final int TO_ZERO = 3;

  private Results() {}

  /** Whether it does not matter if a result is inexact. */
  static boolean known(int status) {
    return (status & INEXACT) != 0;
  }

  /** Whether a result has certainly neither over- nor underflowed. */
  static boolean isNormal(double result) {
    double magnitude = Math.abs(result);
    return magnitude > Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE;
  }

  static boolean isNormal(float result) {
    float magnitude = Math.abs(result);
    return magnitude > Float.MIN_NORMAL && magnitude <= Float.MAX_VALUE;
  }

  /** Whether a sum has no remainder (Knuth). */
  static boolean isExact(double a, double b, double sum) {
    double second = sum - a;
    return (a - (sum - second)) + (b - second) == 0;
  }

  static boolean isExact(float a, float b, float sum) {
    float second = sum - a;
    return (a - (sum - second)) + (b - second) == 0;
  }

  /** An integral number nearby; a NaN for modes that the JVM does not have. */
  static double rounded(double a, int mode) {
    return switch (mode) {
      case TIE_EVEN -> Math.rint(a);
      case UPWARD -> Math.ceil(a);
      case DOWNWARD -> Math.floor(a);
      case TO_ZERO -> a < 0 ? Math.ceil(a) : Math.floor(a);
      default -> Double.NaN;
    };
  }
}
