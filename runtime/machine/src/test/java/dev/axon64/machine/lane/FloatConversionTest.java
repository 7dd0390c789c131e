package dev.axon64.machine.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.lane.ExactRounding.Answer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversions between formats, integers and integral values, against exact numbers and Java's. */
class FloatConversionTest {
  private static final int TRIES = 10 * Integer.getInteger("axon64.tries", 1000);
  private static final int DOUBLE = 1 << 22;
  private static final int WIDE = 1 << 31;
  private static final int UNSIGNED = 1 << 16;

  /** FCVTNS, to which RMode at bit 19 or, for ties away, 4 at bit 16 is added. */
  private static final int FCVT_TO_INTEGER = 0x1e200020;

  private static final int SCVTF = 0x1e220020;
  private static final int FRINTN = 0x1e244020;
  private static final int FRINTX = 0x1e274020;
  private static final RoundingMode[] MODES = {
    RoundingMode.HALF_EVEN,
    RoundingMode.CEILING,
    RoundingMode.FLOOR,
    RoundingMode.DOWN,
    RoundingMode.HALF_UP
  };

  private final FloatUnit unit = new FloatUnit();
  private final Random random = new Random(16);

  private static int word(int single, FloatFormat format) {
    return format == FloatFormat.DOUBLE ? single | DOUBLE : single;
  }

  private static int fcvt(FloatFormat from, FloatFormat to) {
    return 0x1e224020 | code(from) << 22 | code(to) << 15;
  }

  private static int code(FloatFormat format) {
    return switch (format) {
      case SINGLE -> 0;
      case DOUBLE -> 1;
      case HALF -> 3;
    };
  }

  @ParameterizedTest
  @EnumSource
  void formatsConvertInEveryMode(FloatFormat from) {
    for (FloatFormat to : FloatFormat.values()) {
      for (int i = 0; from != to && i < TRIES; i++) {
        long x = from.random(random);
        int mode = random.nextInt(4);
        assertEquals(
            converted(from, to, mode, x),
            unit.rounding(fcvt(from, to), mode, x),
            () -> String.format("%s to %s mode %d of %x", from, to, mode, x));
      }
    }
  }

  private static Answer converted(FloatFormat from, FloatFormat to, int mode, long x) {
    long sign = from.negative(x) ? to.signBit() : 0;
    if (from.isNan(x)) {
      int places = to.precision - from.precision;
      long fraction = x & (from.quietBit() - 1);
      long moved = places > 0 ? fraction << places : fraction >>> -places;
      return new Answer(
          sign | to.defaultNan() | moved, from.isSignalling(x) ? ExactRounding.INVALID : 0);
    }
    if (from.isInfinite(x)) {
      return new Answer(sign | to.infinity(), 0);
    }
    return new ExactRounding(to, mode).round(from.value(x), from.negative(x));
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "DOUBLE"})
  void numbersBecomeIntegersInEveryMode(FloatFormat format) {
    for (int i = 0; i < TRIES; i++) {
      long x = format.random(random);
      int mode = random.nextInt(MODES.length);
      boolean wide = random.nextBoolean();
      boolean unsigned = random.nextBoolean();
      int base = FCVT_TO_INTEGER | (mode == 4 ? 4 << 16 : mode << 19);
      int word = word(base, format) | (wide ? WIDE : 0) | (unsigned ? UNSIGNED : 0);
      assertEquals(
          integer(format, x, MODES[mode], wide ? 64 : 32, unsigned),
          unit.general(word, 0, x),
          () -> String.format("%08x of %x", word, x));
    }
  }

  private static Answer integer(
      FloatFormat format, long x, RoundingMode mode, int width, boolean unsigned) {
    if (format.isNan(x)) {
      return new Answer(0, ExactRounding.INVALID);
    }
    BigInteger most = BigInteger.ONE.shiftLeft(unsigned ? width : width - 1);
    BigInteger least = unsigned ? BigInteger.ZERO : most.negate();
    boolean infinite = format.isInfinite(x);
    BigDecimal exact = infinite ? BigDecimal.ZERO : format.value(x);
    BigInteger rounded =
        infinite
            ? most.shiftLeft(1).multiply(BigInteger.valueOf(format.negative(x) ? -1 : 1))
            : exact.setScale(0, mode).toBigIntegerExact();
    BigInteger kept = rounded.max(least).min(most.subtract(BigInteger.ONE));
    int inexact = new BigDecimal(rounded).compareTo(exact) == 0 ? 0 : ExactRounding.INEXACT;
    long mask = width == 64 ? -1 : 0xffffffffL;
    return new Answer(
        kept.longValue() & mask, kept.equals(rounded) ? inexact : ExactRounding.INVALID);
  }

  @Test
  void truncationSaturatesAsJavasCasts() {
    for (int i = 0; i < TRIES; i++) {
      double x = Double.longBitsToDouble(FloatFormat.DOUBLE.random(random));
      int truncate = FCVT_TO_INTEGER | 3 << 19 | DOUBLE;
      long bits = Double.doubleToRawLongBits(x);
      assertEquals((long) x, unit.general(truncate | WIDE, 0, bits).pattern(), () -> "of " + x);
      assertEquals((int) x, (int) unit.general(truncate, 0, bits).pattern(), () -> "of " + x);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "DOUBLE"})
  void integersBecomeNumbersInEveryMode(FloatFormat format) {
    for (int i = 0; i < TRIES; i++) {
      long x = random.nextLong() >> random.nextInt(64);
      int mode = random.nextInt(4);
      boolean wide = random.nextBoolean();
      boolean unsigned = random.nextBoolean();
      int word = word(SCVTF, format) | (wide ? WIDE : 0) | (unsigned ? UNSIGNED : 0);
      BigInteger value = new BigInteger(unsigned ? unsignedText(x, wide) : signedText(x, wide));
      assertEquals(
          new ExactRounding(format, mode).round(new BigDecimal(value), false),
          unit.rounding(word, mode, x),
          () -> String.format("%08x mode %d of %x", word, mode, x));
    }
  }

  private static String unsignedText(long x, boolean wide) {
    return wide ? Long.toUnsignedString(x) : Integer.toUnsignedString((int) x);
  }

  private static String signedText(long x, boolean wide) {
    return wide ? Long.toString(x) : Integer.toString((int) x);
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "DOUBLE"})
  void numbersRoundToIntegralOnes(FloatFormat format) {
    for (int i = 0; i < TRIES; i++) {
      long x = format.random(random);
      int mode = random.nextInt(MODES.length);
      Answer wanted = integral(format, x, MODES[mode]);
      int word = word(FRINTN, format) | mode << 15;
      assertEquals(
          new Answer(wanted.pattern(), wanted.flags() & ExactRounding.INVALID),
          unit.vector(word, 0, x),
          () -> String.format("%08x of %x", word, x));
      if (mode < 4) {
        assertEquals(
            wanted,
            unit.rounding(word(FRINTX, format), mode, x),
            () -> String.format("frintx mode %d of %x", mode, x));
      }
    }
  }

  private static Answer integral(FloatFormat format, long x, RoundingMode mode) {
    if (format.isNan(x)) {
      return new Answer(x | format.quietBit(), format.isSignalling(x) ? ExactRounding.INVALID : 0);
    }
    if (format.isInfinite(x)) {
      return new Answer(x, 0);
    }
    BigDecimal exact = format.value(x);
    BigDecimal rounded = exact.setScale(0, mode);
    Answer kept = new ExactRounding(format, 0).round(rounded, format.negative(x));
    return new Answer(kept.pattern(), rounded.compareTo(exact) == 0 ? 0 : ExactRounding.INEXACT);
  }
}
