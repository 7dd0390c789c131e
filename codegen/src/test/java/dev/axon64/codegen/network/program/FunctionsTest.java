package dev.axon64.codegen.network.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.program.CompiledTensorProgram;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Errors of the functions over the float32: every 1,021st bit pattern, and in a campaign ({@code
 * -Daxon64.campaign=true}) every one.
 */
class FunctionsTest {
  private static final int ROW = 4096;
  private static final int STRIDE = Boolean.getBoolean("axon64.campaign") ? 1 : 1021;

  private static NetworkRunner compiled(BiFunction<Body, Real, Real> function) {
    Body.Ids ids = new Body.Ids();
    Buffer in = new Buffer("x", Buffer.Area.INPUTS, 0, ROW);
    Buffer out = new Buffer("y", Buffer.Area.OUTPUTS, 0, ROW);
    Counter lane = ids.counter(ROW);
    Body body = new Body(ids);
    Index place = Index.at(0).plus(lane, 1);
    Real x = body.let(new Real.Load(in, place));
    body.store(out, place, function.apply(body, x));
    Step step = new Step.Lanes("function", lane, body.statements());
    TensorProgram program = new TensorProgram("sweep", List.of(step), List.of(), ROW, 0, 0, ROW);
    return CompiledTensorProgram.of(program).with(new float[0]);
  }

  private static void sweep(
      String name, NetworkRunner runner, DoubleUnaryOperator truth, double bound, float least) {
    float[] x = new float[ROW];
    float[] y = new float[ROW];
    double worst = 0;
    float where = 0;
    for (long bits = 0; bits < 1L << 32; ) {
      for (int i = 0; i < ROW; i++, bits += STRIDE) {
        x[i] = Float.intBitsToFloat((int) bits);
      }
      runner.run(x, 0, y, 0);
      for (int i = 0; i < ROW; i++) {
        if (Float.isNaN(x[i])) {
          assertTrue(Float.isNaN(y[i]), name + " of NaN");
        } else if (x[i] < least) {
          assertEquals(0, y[i], name + " of " + x[i]);
        } else {
          double error = ulps(truth.applyAsDouble(x[i]), y[i]);
          if (error > worst) {
            worst = error;
            where = x[i];
          }
        }
      }
    }
    System.out.printf("%s: at most %.3f ulp off, at %s%n", name, worst, where);
    assertTrue(worst <= bound, name + " is " + worst + " ulp off at " + where);
  }

  /** In units of the last place of the true value, as float32. */
  private static double ulps(double truth, float value) {
    if ((float) truth == value) {
      return Double.isInfinite(truth) ? 0 : Math.abs(truth - value) / Math.ulp((float) truth);
    }
    return Math.abs(truth - value) / Math.ulp(Math.min(Math.abs((float) truth), Float.MAX_VALUE));
  }

  @Test
  void exp() {
    sweep("exp", compiled(Functions::exp), Math::exp, Functions.EXP_ULP, Functions.EXP_LEAST);
  }

  @Test
  void sigmoid() {
    sweep(
        "sigmoid",
        compiled(Functions::sigmoid),
        x -> 1 / (1 + Math.exp(-x)),
        Functions.SIGMOID_ULP,
        Functions.EXP_LEAST);
  }

  @Test
  void tanh() {
    sweep(
        "tanh", compiled(Functions::tanh), Math::tanh, Functions.TANH_ULP, Float.NEGATIVE_INFINITY);
  }
}
