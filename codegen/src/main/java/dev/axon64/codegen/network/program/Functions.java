package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.Real.add;
import static dev.axon64.codegen.network.program.Real.divide;
import static dev.axon64.codegen.network.program.Real.fma;
import static dev.axon64.codegen.network.program.Real.multiply;
import static dev.axon64.codegen.network.program.Real.of;
import static dev.axon64.codegen.network.program.Real.select;
import static dev.axon64.codegen.network.program.Real.subtract;

import dev.axon64.codegen.network.program.Real.Comparison;

/**
 * The transcendental functions, written as float32 operations. Their polynomials were fitted here
 * (weighted minimax by Lawson's iteration); the bounds are those that a sweep of the float32 holds
 * them to. A unit in the last place (ulp) is that of the true value.
 */
public final class Functions {
  /** Largest error of {@link #exp}, in ulp, where it does not give 0. */
  public static final double EXP_ULP = 1.1;

  /** Largest error of {@link #sigmoid}, in ulp, where its {@code exp} does not give 0. */
  public static final double SIGMOID_ULP = 2.5;

  /** Largest error of {@link #tanh}, in ulp. */
  public static final double TANH_ULP = 2.5;

  /**
   * The bound below which e^x is less than the least normal float32, so that {@link #exp} gives 0.
   */
  public static final float EXP_LEAST = -87.33654f;

  /** The bound above which e^x is infinite in float32. */
  public static final float EXP_MOST = 88.72283f;

  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0.6931472f;
  private static final float LN2_LOW = -1.9046542e-9f;

  /** Adding this to a small float32 leaves its nearest whole number in the low bits. */
  private static final float ROUNDER = 0x1.8p23f;

  /** (e^r - 1 - r) / r^2 for |r| up to half of ln 2; relative to e^r within 3.1e-9. */
  private static final float[] EXP = {
    0.49999994f, 0.16666521f, 0.04166839f, 0.0083687175f, 0.0013814596f
  };

  private static final float TANH_SMALL = 0.625f;

  /** (tanh x / x - 1) / x^2 over s = x^2, for |x| up to 0.625; tanh within 4.2e-9 relative. */
  private static final float[] TANH = {
    -0.33333284f, 0.13331491f, -0.053743497f, 0.020650579f, -0.005717037f
  };

  private Functions() {}

  /** 0 where x is less than 0, else x; NaN stays. */
  public static Real relu(Real x) {
    return select(Comparison.LESS, x, of(0), of(0), x);
  }

  /**
   * e^x, computed as 2^n e^r with x = n ln 2 + r. The result is 0 where it would be smaller than
   * any normal number, since some devices flush such numbers and others do not.
   */
  public static Real exp(Body body, Real x) {
    Real shifted = body.let(fma(x, of(LOG2_E), of(ROUNDER)));
    Real n = body.let(subtract(shifted, of(ROUNDER)));
    Real high = body.let(fma(n, of(-LN2_HIGH), x));
    Real r = body.let(fma(n, of(-LN2_LOW), high));
    Real p = body.let(fma(multiply(r, r), polynomial(body, EXP, r), r));
    // 2^n in two factors: for n = 128 and n = -126 one alone would not be a normal number.
    Word biased =
        body.let(
            Word.subtract(
                new Word.BitsOf(shifted), Word.of(Float.floatToRawIntBits(ROUNDER) - 256)));
    Word half = body.let(Word.shiftRight(biased, 1));
    Real scaled =
        multiply(multiply(add(p, of(1)), power(half)), power(Word.subtract(biased, half)));
    Real kept = body.let(select(Comparison.LESS, x, of(EXP_LEAST), of(0), scaled));
    return body.let(select(Comparison.GREATER, x, of(EXP_MOST), of(Float.POSITIVE_INFINITY), kept));
  }

  /** 2^(word - 128). */
  private static Real power(Word word) {
    return new Real.FromBits(Word.shiftLeft(Word.subtract(word, Word.of(1)), 23));
  }

  /** 1 / (1 + e^-x), from e^-|x| for either sign. */
  public static Real sigmoid(Body body, Real x) {
    Real away = body.let(select(Comparison.LESS, x, of(0), x, subtract(of(0), x)));
    Real e = exp(body, away);
    return body.let(divide(select(Comparison.LESS, x, of(0), e, of(1)), add(of(1), e)));
  }

  /** A polynomial where |x| is small, else (1 - e^-2|x|) / (1 + e^-2|x|) with the sign of x. */
  public static Real tanh(Body body, Real x) {
    Real s = body.let(multiply(x, x));
    Real small = body.let(fma(multiply(x, s), polynomial(body, TANH, s), x));
    Real size = body.let(select(Comparison.LESS, x, of(0), subtract(of(0), x), x));
    Real e = exp(body, body.let(multiply(of(-2), size)));
    Real large = body.let(divide(subtract(of(1), e), add(of(1), e)));
    Real signed = select(Comparison.LESS, x, of(0), subtract(of(0), large), large);
    return body.let(select(Comparison.LESS, size, of(TANH_SMALL), small, signed));
  }

  /** Horner's scheme, the constant first. */
  private static Real polynomial(Body body, float[] coefficients, Real x) {
    Real sum = of(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = body.let(fma(sum, x, of(coefficients[i])));
    }
    return sum;
  }
}
