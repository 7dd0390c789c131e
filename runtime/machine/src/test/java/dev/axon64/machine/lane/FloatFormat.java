package dev.axon64.machine.lane;

import java.math.BigDecimal;
import java.util.Random;

/** A binary floating-point format of IEEE 754; values are patterns in the low bits of a long. */
enum FloatFormat {
  HALF(16, 11),
  SINGLE(32, 24),
  DOUBLE(64, 53);

  /** Bits in all. */
  final int width;

  /** Bits of the significand, the hidden one included. */
  final int precision;

  /** The largest exponent of a finite number, which is the bias too. */
  final int largest;

  FloatFormat(int width, int precision) {
    this.width = width;
    this.precision = precision;
    this.largest = (1 << (width - precision - 1)) - 1;
  }

  long signBit() {
    return 1L << (width - 1);
  }

  /** All bits of a pattern. */
  long all() {
    return (signBit() << 1) - 1;
  }

  long infinity() {
    return (2L * largest + 1) << (precision - 1);
  }

  long quietBit() {
    return 1L << (precision - 2);
  }

  long defaultNan() {
    return infinity() | quietBit();
  }

  long magnitude(long pattern) {
    return pattern & (signBit() - 1);
  }

  boolean negative(long pattern) {
    return (pattern & signBit()) != 0;
  }

  boolean isNan(long pattern) {
    return magnitude(pattern) > infinity();
  }

  boolean isSignalling(long pattern) {
    return isNan(pattern) && (pattern & quietBit()) == 0;
  }

  boolean isInfinite(long pattern) {
    return magnitude(pattern) == infinity();
  }

  boolean isZero(long pattern) {
    return magnitude(pattern) == 0;
  }

  /** The value of a finite number. */
  BigDecimal value(long pattern) {
    return new BigDecimal(
        switch (this) {
          case HALF -> Float.float16ToFloat((short) pattern);
          case SINGLE -> Float.intBitsToFloat((int) pattern);
          case DOUBLE -> Double.longBitsToDouble(pattern);
        });
  }

  /** A pattern in which all kinds of number and the borders between them are frequent. */
  long random(Random random) {
    long sign = random.nextBoolean() ? signBit() : 0;
    if (random.nextInt(4) == 0) {
      return random.nextLong() & (signBit() - 1) | sign;
    }
    int[] exponents = {
      0,
      1,
      random.nextInt(precision + 2),
      largest,
      largest - 1 + random.nextInt(3),
      largest - 70 + random.nextInt(140),
      2 * largest,
      2 * largest - random.nextInt(precision),
      2 * largest + 1
    };
    long all = (1L << (precision - 1)) - 1;
    long[] fractions = {
      0,
      1,
      all,
      quietBit(),
      random.nextLong() & all,
      random.nextLong() & all & -(1L << random.nextInt(precision)),
      1L << random.nextInt(precision - 1)
    };
    long exponent = exponents[random.nextInt(exponents.length)] & (2L * largest + 1);
    return sign | exponent << (precision - 1) | fractions[random.nextInt(fractions.length)];
  }
}
