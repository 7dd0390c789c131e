package dev.axon64.machine.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.lane.ExactRounding.Answer;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Floating-point arithmetic of the generated kernels: to the nearest against Java's own, in every
 * rounding mode and with flags against exact numbers. {@code -Daxon64.tries=N} makes 10 N operands.
 */
class FloatArithmeticTest {
  private static final int TRIES = 10 * Integer.getInteger("axon64.tries", 1000);
  private static final int DOUBLE = 1 << 22;
  private static final int FADD = 0x1e222820;
  private static final int FSUB = 0x1e223820;
  private static final int FMUL = 0x1e220820;
  private static final int FDIV = 0x1e221820;
  private static final int FNMUL = 0x1e228820;
  private static final int FSQRT = 0x1e21c020;

  /** With the addend in register 3. */
  private static final int FMADD = 0x1f020c20;

  private static final int FLUSH = 1 << 24;
  private static final int DEFAULT_NAN = 1 << 25;
  private static final int INPUT_DENORMAL = 0x80;

  private final FloatUnit unit = new FloatUnit();
  private final Random random = new Random(64);

  private interface Exact {
    Answer of(ExactRounding reference, long x, long y, long addend);
  }

  private static int word(int single, FloatFormat format) {
    return format == FloatFormat.DOUBLE ? single | DOUBLE : single;
  }

  private void check(String name, int single, FloatFormat format, Exact exact) {
    for (int i = 0; i < TRIES; i++) {
      long x = format.random(random);
      long y = i % 8 == 0 ? x ^ random.nextInt(2) : format.random(random);
      long addend = format.random(random);
      int mode = random.nextInt(4);
      Answer wanted = exact.of(new ExactRounding(format, mode), x, y, addend);
      Answer got = unit.rounding(word(single, format), mode, x, y, addend);
      assertEquals(
          wanted,
          got,
          () -> String.format("%s %s mode %d of %x, %x, %x", name, format, mode, x, y, addend));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "DOUBLE"})
  void everyModeAndFlagIsExact(FloatFormat format) {
    check("fadd", FADD, format, (reference, x, y, a) -> reference.add(x, y));
    check("fsub", FSUB, format, (reference, x, y, a) -> reference.subtract(x, y));
    check("fmul", FMUL, format, (reference, x, y, a) -> reference.multiply(x, y));
    check("fdiv", FDIV, format, (reference, x, y, a) -> reference.divide(x, y));
    check("fsqrt", FSQRT, format, (reference, x, y, a) -> reference.root(x));
    check("fmadd", FMADD, format, (reference, x, y, a) -> reference.multiplyAdd(a, x, y));
  }

  @ParameterizedTest
  @EnumSource(names = {"SINGLE", "DOUBLE"})
  void aFusedSumCancelsExactly(FloatFormat format) {
    for (int i = 0; i < TRIES; i++) {
      long x = format.random(random);
      long y = format.random(random);
      int mode = random.nextInt(4);
      ExactRounding reference = new ExactRounding(format, mode);
      long product = reference.multiply(x, y).pattern();
      long addend = (product ^ format.signBit()) + random.nextInt(3) - 1 & format.all();
      assertEquals(
          reference.multiplyAdd(addend, x, y),
          unit.rounding(word(FMADD, format), mode, x, y, addend),
          () -> String.format("fmadd %s mode %d of %x, %x, %x", format, mode, x, y, addend));
    }
  }

  @Test
  void doublesToTheNearestAreJavas() {
    againstJava("fadd", FADD, (x, y) -> x + y);
    againstJava("fsub", FSUB, (x, y) -> x - y);
    againstJava("fmul", FMUL, (x, y) -> x * y);
    againstJava("fdiv", FDIV, (x, y) -> x / y);
    againstJava("fnmul", FNMUL, (x, y) -> -(x * y));
    againstJava("fsqrt", FSQRT, (x, y) -> StrictMath.sqrt(x));
    againstJava("fmadd", FMADD, (x, y) -> Math.fma(x, y, 0.1));
  }

  private void againstJava(String name, int single, DoubleBinaryOperator java) {
    for (int i = 0; i < TRIES; i++) {
      double x = Double.longBitsToDouble(FloatFormat.DOUBLE.random(random));
      double y = Double.longBitsToDouble(FloatFormat.DOUBLE.random(random));
      double wanted = java.applyAsDouble(x, y);
      double got =
          Double.longBitsToDouble(
              unit.rounding(single | DOUBLE, 0, bits(x), bits(y), bits(0.1)).pattern());
      assertEquals(wanted, got, () -> name + " of " + x + ", " + y);
      againstJavaFloat(name, single, java, (float) x, (float) y);
    }
  }

  /** Rounding to double first changes nothing for these operations, but for a fused sum. */
  private void againstJavaFloat(
      String name, int single, DoubleBinaryOperator java, float x, float y) {
    float wanted = single == FMADD ? Math.fma(x, y, 0.1f) : (float) java.applyAsDouble(x, y);
    float got =
        Float.intBitsToFloat(
            (int) unit.rounding(single, 0, bits(x), bits(y), bits(0.1f)).pattern());
    assertEquals(wanted, got, () -> name + " of " + x + ", " + y);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long bits(float value) {
    return Float.floatToRawIntBits(value) & 0xffffffffL;
  }

  @Test
  void subnormalsAreFlushedOnDemand() {
    assertEquals(
        new Answer(bits(1.0), INPUT_DENORMAL),
        unit.vector(FADD | DOUBLE, FLUSH, bits(Double.MIN_VALUE), bits(1.0)));
    assertEquals(
        new Answer(bits(-0.0), ExactRounding.UNDERFLOW),
        unit.vector(FMUL | DOUBLE, FLUSH, bits(-0x1p-600), bits(0x1p-500)));
    assertEquals(
        new Answer(bits(-0x1p-1070), 0),
        unit.vector(FMUL | DOUBLE, 0, bits(-0x1p-570), bits(0x1p-500)));
  }

  @Test
  void aDefaultNanReplacesOthersOnDemand() {
    long signalling = 0xfff0000000000007L;
    assertEquals(
        new Answer(FloatFormat.DOUBLE.defaultNan(), ExactRounding.INVALID),
        unit.vector(FADD | DOUBLE, DEFAULT_NAN, bits(1.0), signalling));
    assertEquals(
        new Answer(signalling | FloatFormat.DOUBLE.quietBit(), ExactRounding.INVALID),
        unit.vector(FADD | DOUBLE, 0, bits(1.0), signalling));
  }
}
