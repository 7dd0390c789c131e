package dev.axon64.machine.lane;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What arithmetic gives in a format and a rounding mode of FPCR, worked out with exact numbers.
 *
 * @param mode FPCR's RMode: nearest even, up, down, to zero
 */
record ExactRounding(FloatFormat format, int mode) {
  static final int INVALID = 1;
  static final int DIVISION_BY_ZERO = 2;
  static final int OVERFLOW = 4;
  static final int UNDERFLOW = 8;
  static final int INEXACT = 16;
  static final int UPWARD = 1;
  static final int DOWNWARD = 2;
  private static final int ROOT_PLACES = 1200;

  /**
   * A result.
   *
   * @param pattern in the format
   * @param flags those of FPSR that it raises
   */
  record Answer(long pattern, int flags) {
    @Override
    public String toString() {
      return "0x" + Long.toHexString(pattern) + " flags 0x" + Integer.toHexString(flags);
    }
  }

  Answer add(long x, long y) {
    if (format.isNan(x) || format.isNan(y)) {
      return nan(x, y);
    }
    if (format.isInfinite(x) && format.isInfinite(y) && x != y) {
      return invalid();
    }
    if (format.isInfinite(x) || format.isInfinite(y)) {
      return new Answer(format.isInfinite(x) ? x : y, 0);
    }
    return sum(format.value(x), format.negative(x), format.value(y), format.negative(y));
  }

  Answer subtract(long x, long y) {
    return format.isNan(x) || format.isNan(y) ? nan(x, y) : add(x, y ^ format.signBit());
  }

  Answer multiply(long x, long y) {
    boolean negative = format.negative(x) != format.negative(y);
    if (format.isNan(x) || format.isNan(y)) {
      return nan(x, y);
    }
    if (format.isInfinite(x) || format.isInfinite(y)) {
      return format.isZero(x) || format.isZero(y) ? invalid() : infinity(negative);
    }
    return round(format.value(x).multiply(format.value(y)), negative);
  }

  /** addend + x * y. */
  Answer multiplyAdd(long addend, long x, long y) {
    boolean infinite = format.isInfinite(x) || format.isInfinite(y);
    boolean negative = format.negative(x) != format.negative(y);
    boolean undetermined =
        infinite && (format.isZero(x) || format.isZero(y)) && !format.isNan(x) && !format.isNan(y);
    if (undetermined && !format.isSignalling(addend)) {
      return invalid();
    }
    if (format.isNan(addend) || format.isNan(x) || format.isNan(y)) {
      return nan(addend, x, y);
    }
    if (infinite) {
      return format.isInfinite(addend) && format.negative(addend) != negative
          ? invalid()
          : infinity(negative);
    }
    if (format.isInfinite(addend)) {
      return new Answer(addend, 0);
    }
    return sum(
        format.value(addend),
        format.negative(addend),
        format.value(x).multiply(format.value(y)),
        negative);
  }

  Answer divide(long x, long y) {
    boolean negative = format.negative(x) != format.negative(y);
    if (format.isNan(x) || format.isNan(y)) {
      return nan(x, y);
    }
    if (format.isInfinite(x) && format.isInfinite(y) || format.isZero(x) && format.isZero(y)) {
      return invalid();
    }
    if (format.isInfinite(x)) {
      return infinity(negative);
    }
    if (format.isZero(y)) {
      return new Answer(infinity(negative).pattern(), DIVISION_BY_ZERO);
    }
    if (format.isInfinite(y) || format.isZero(x)) {
      return new Answer(signed(0, negative), 0);
    }
    BigDecimal a = format.value(x).abs();
    BigDecimal b = format.value(y).abs();
    int places = Math.max(a.scale(), b.scale());
    return round(
        a.scaleByPowerOfTen(places).toBigIntegerExact(),
        b.scaleByPowerOfTen(places).toBigIntegerExact(),
        negative);
  }

  Answer root(long x) {
    if (format.isNan(x)) {
      return nan(x);
    }
    if (format.isZero(x)) {
      return new Answer(x, 0);
    }
    if (format.negative(x)) {
      return invalid();
    }
    if (format.isInfinite(x)) {
      return new Answer(x, 0);
    }
    BigInteger square =
        format
            .value(x)
            .multiply(new BigDecimal(BigInteger.TWO.pow(2 * ROOT_PLACES)))
            .toBigIntegerExact();
    BigInteger[] root = square.sqrtAndRemainder();
    BigInteger halves = root[0].shiftLeft(1).add(BigInteger.valueOf(root[1].signum()));
    return round(halves, BigInteger.ONE.shiftLeft(ROOT_PLACES + 1), false);
  }

  /** A number, of which zero has the given sign. */
  Answer round(BigDecimal exact, boolean negativeZero) {
    if (exact.signum() == 0) {
      return new Answer(signed(0, negativeZero), 0);
    }
    BigDecimal magnitude = exact.abs();
    int places = Math.max(0, magnitude.scale());
    return round(
        magnitude.scaleByPowerOfTen(places).toBigIntegerExact(),
        BigInteger.TEN.pow(places),
        exact.signum() < 0);
  }

  private Answer round(BigInteger numerator, BigInteger denominator, boolean negative) {
    int exponent = numerator.bitLength() - denominator.bitLength();
    if (shifted(numerator, -exponent).compareTo(shifted(denominator, exponent)) < 0) {
      exponent--;
    }
    int smallest = 1 - format.largest;
    int unit = Math.max(exponent, smallest) - format.precision + 1;
    BigInteger divisor = shifted(denominator, unit);
    BigInteger[] parts = shifted(numerator, -unit).divideAndRemainder(divisor);
    boolean inexact = parts[1].signum() != 0;
    int half = parts[1].shiftLeft(1).compareTo(divisor);
    boolean up =
        switch (mode) {
          case 0 -> half > 0 || half == 0 && parts[0].testBit(0);
          case UPWARD -> inexact && !negative;
          case DOWNWARD -> inexact && negative;
          default -> false;
        };
    BigInteger significand = up ? parts[0].add(BigInteger.ONE) : parts[0];
    int flags = inexact ? exponent < smallest ? UNDERFLOW | INEXACT : INEXACT : 0;
    return packed(significand, unit, negative, flags);
  }

  private Answer packed(BigInteger significand, int unit, boolean negative, int flags) {
    int top = unit + significand.bitLength() - 1;
    if (significand.signum() != 0 && top > format.largest) {
      boolean infinite = mode == 0 || mode == UPWARD && !negative || mode == DOWNWARD && negative;
      return new Answer(
          signed(format.infinity() - (infinite ? 0 : 1), negative), OVERFLOW | INEXACT);
    }
    // A unit of the smallest exponent is the pattern's; above it each exponent adds
    // 2^(precision-1).
    long above = unit - (2L - format.largest - format.precision);
    long pattern = significand.longValueExact() + (above << (format.precision - 1));
    return new Answer(signed(pattern, negative), flags);
  }

  /** value * 2^places if places is positive, else the value itself. */
  private static BigInteger shifted(BigInteger value, int places) {
    return places > 0 ? value.shiftLeft(places) : value;
  }

  private Answer sum(BigDecimal x, boolean negativeX, BigDecimal y, boolean negativeY) {
    return round(x.add(y), negativeX == negativeY ? negativeX : mode == DOWNWARD);
  }

  private Answer invalid() {
    return new Answer(format.defaultNan(), INVALID);
  }

  private Answer infinity(boolean negative) {
    return new Answer(signed(format.infinity(), negative), 0);
  }

  private long signed(long magnitude, boolean negative) {
    return negative ? magnitude | format.signBit() : magnitude;
  }

  /** The first signalling NaN, or else the first NaN, made quiet. */
  private Answer nan(long... operands) {
    for (long operand : operands) {
      if (format.isSignalling(operand)) {
        return new Answer(operand | format.quietBit(), INVALID);
      }
    }
    for (long operand : operands) {
      if (format.isNan(operand)) {
        return new Answer(operand, 0);
      }
    }
    throw new IllegalArgumentException("no NaN");
  }
}
