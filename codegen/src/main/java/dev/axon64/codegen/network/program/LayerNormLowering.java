package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.TensorProgramBuilder.load;

import dev.axon64.codegen.network.graph.Layer;

/**
 * Layer normalisation. The mean is a sum in order, and so is the variance, of the squared distances
 * from the mean.
 */
final class LayerNormLowering {
  private final TensorProgramBuilder program;
  private final Layer.LayerNorm norm;
  private final int width;
  private final Buffer moments;

  LayerNormLowering(TensorProgramBuilder program, Layer.LayerNorm norm) {
    this.program = program;
    this.norm = norm;
    this.width = norm.shape().width();
    this.moments = program.scratch(norm.name() + " moments", 2);
  }

  void lower(Value from, Value to) {
    PackedTensor scale = program.tensor(norm.parameters().get(0), 1);
    PackedTensor move = program.tensor(norm.parameters().get(1), 1);
    program.repeat(
        norm.shape().steps(),
        t -> {
          program.serial("moments_" + norm.name(), body -> moments(body, from, t));
          program.lanes(
              "layernorm_" + norm.name(),
              Step.padded(width),
              (body, o) -> {
                Real x = load(from.buffer(), from.step(t).plus(o, 1));
                Real centred = Real.subtract(x, load(moments, Index.at(0)));
                Real unit = Real.multiply(centred, load(moments, Index.at(1)));
                Index place = Index.at(0).plus(o, 1);
                Real moved = Real.fma(unit, load(scale.to(), place), load(move.to(), place));
                body.store(to.buffer(), to.step(t).plus(o, 1), moved);
              });
        });
  }

  /** Computes the mean, and one over the deviation. */
  private void moments(Body body, Value from, Counter t) {
    Real.Local sum = body.accumulator(Real.of(0));
    body.loop(
        width,
        (inner, k) ->
            inner.assign(sum, Real.add(sum, load(from.buffer(), from.step(t).plus(k, 1)))));
    Real mean = body.let(Real.divide(sum, Real.of(width)));
    Real.Local squares = body.accumulator(Real.of(0));
    body.loop(
        width,
        (inner, k) -> {
          Real x = load(from.buffer(), from.step(t).plus(k, 1));
          Real centred = inner.let(Real.subtract(x, mean));
          inner.assign(squares, Real.fma(centred, centred, squares));
        });
    Real variance = Real.divide(squares, Real.of(width));
    Real deviation = new Real.SquareRoot(Real.add(variance, Real.of(Layer.LayerNorm.EPSILON)));
    body.store(moments, Index.at(0), mean);
    body.store(moments, Index.at(1), Real.divide(Real.of(1), deviation));
  }
}
