package dev.axon64.metal.msl;

/**
 * What the operators and conversions of the language mean, in one place: generated code and the
 * constant folder call the same methods.
 *
 * <p>Floats are IEEE binary32, rounded to nearest even after each operation, never contracted. What
 * C++ leaves undefined is defined here: a quotient by zero is 0 and the remainder then the dividend
 * (as A64 has it); a float converted to an integer saturates and NaN gives 0; shift counts are
 * masked to the width.
 */
public final class ScalarMath {
  private ScalarMath() {}

  public static int div(int a, int b) {
    return b == 0 ? 0 : a / b;
  }

  public static int rem(int a, int b) {
    return b == 0 ? a : a % b;
  }

  public static int divU(int a, int b) {
    return b == 0 ? 0 : Integer.divideUnsigned(a, b);
  }

  public static int remU(int a, int b) {
    return b == 0 ? a : Integer.remainderUnsigned(a, b);
  }

  public static long div(long a, long b) {
    return b == 0 ? 0 : a / b;
  }

  public static long rem(long a, long b) {
    return b == 0 ? a : a % b;
  }

  public static long divU(long a, long b) {
    return b == 0 ? 0 : Long.divideUnsigned(a, b);
  }

  public static long remU(long a, long b) {
    return b == 0 ? a : Long.remainderUnsigned(a, b);
  }

  public static float roundHalf(float value) {
    return Float.float16ToFloat(Float.floatToFloat16(value));
  }

  /** To bfloat16, to nearest even; NaN stays NaN. */
  public static float roundBfloat(float value) {
    if (value != value) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + 0x7fff + ((bits >>> 16) & 1);
    return Float.intBitsToFloat(rounded & 0xffff0000);
  }

  /** Rounds to what {@code type} can hold. */
  static float round(Scalar type, float value) {
    return switch (type) {
      case HALF -> roundHalf(value);
      case BFLOAT -> roundBfloat(value);
      default -> value;
    };
  }

  public static int floatToUint(float value) {
    long wide = (long) value;
    return wide < 0 ? 0 : wide > 0xffffffffL ? -1 : (int) wide;
  }

  public static long floatToUlong(float value) {
    if (!(value > 0)) {
      return 0;
    }
    if (value < 0x1p63f) {
      return (long) value;
    }
    return value >= 0x1p64f ? -1L : (long) (value * 0.5f) << 1;
  }

  public static float ulongToFloat(long value) {
    if (value >= 0) {
      return value;
    }
    // Halve with a sticky last bit, so that the one rounding is the right one.
    return 2.0f * (float) ((value >>> 1) | (value & 1));
  }

  /** A float to an integer of fewer than 32 bits: saturating. */
  public static int floatToSmall(float value, int least, int most) {
    int wide = (int) value;
    return wide < least ? least : wide > most ? most : wide;
  }

  /** Converts the canonical bits of {@link Expr.Const} from one scalar type to another. */
  static long convert(Scalar from, Scalar to, long bits) {
    if (from.isFloat()) {
      return fromFloat(Float.intBitsToFloat((int) bits), to);
    }
    if (to.isFloat()) {
      float value = from == Scalar.ULONG ? ulongToFloat(bits) : (float) bits;
      return Float.floatToRawIntBits(round(to, value));
    }
    return normalise(to, bits);
  }

  private static long fromFloat(float value, Scalar to) {
    return switch (to) {
      case BOOL -> value != 0 ? 1 : 0;
      case CHAR -> floatToSmall(value, -128, 127);
      case UCHAR -> floatToSmall(value, 0, 255);
      case SHORT -> floatToSmall(value, -32768, 32767);
      case USHORT -> floatToSmall(value, 0, 65535);
      case INT -> (int) value;
      case UINT -> floatToUint(value) & 0xffffffffL;
      case LONG -> (long) value;
      case ULONG -> floatToUlong(value);
      case HALF, BFLOAT, FLOAT -> Float.floatToRawIntBits(round(to, value));
    };
  }

  /** Wraps an integer to a type. */
  static long normalise(Scalar type, long bits) {
    return switch (type) {
      case BOOL -> bits != 0 ? 1 : 0;
      case CHAR -> (byte) bits;
      case UCHAR -> bits & 0xff;
      case SHORT -> (short) bits;
      case USHORT -> bits & 0xffff;
      case INT -> (int) bits;
      case UINT -> bits & 0xffffffffL;
      default -> bits;
    };
  }

  /** Folds an operator on two constants of {@code type}; comparisons give 0 or 1. */
  static long binary(Op op, Scalar type, long a, long b) {
    if (type.isFloat()) {
      float x = Float.intBitsToFloat((int) a);
      float y = Float.intBitsToFloat((int) b);
      return op.isComparison()
          ? (compareFloats(op, x, y) ? 1 : 0)
          : Float.floatToRawIntBits(round(type, arithmetic(op, x, y)));
    }
    if (op.isComparison()) {
      int order = type.isUnsigned() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
      return compare(op, order) ? 1 : 0;
    }
    return normalise(type, integer(op, type, a, b));
  }

  private static float arithmetic(Op op, float x, float y) {
    return switch (op) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      default -> x / y;
    };
  }

  private static boolean compareFloats(Op op, float x, float y) {
    return switch (op) {
      case LT -> x < y;
      case GT -> x > y;
      case LE -> x <= y;
      case GE -> x >= y;
      case EQ -> x == y;
      default -> x != y;
    };
  }

  private static boolean compare(Op op, int order) {
    return switch (op) {
      case LT -> order < 0;
      case GT -> order > 0;
      case LE -> order <= 0;
      case GE -> order >= 0;
      case EQ -> order == 0;
      default -> order != 0;
    };
  }

  private static long integer(Op op, Scalar type, long a, long b) {
    boolean unsigned = type.isUnsigned();
    int mask = Math.max(8, type.bits()) - 1;
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> unsigned ? divU(a, b) : div(a, b);
      case REM -> unsigned ? remU(a, b) : rem(a, b);
      case SHL -> a << (b & mask);
      case SHR -> unsigned ? a >>> (b & mask) : a >> (b & mask);
      case AND -> a & b;
      case OR -> a | b;
      default -> a ^ b;
    };
  }
}
