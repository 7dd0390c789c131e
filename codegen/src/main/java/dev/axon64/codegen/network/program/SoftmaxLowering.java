package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.TensorProgramBuilder.load;

import dev.axon64.codegen.network.program.Real.Comparison;

/** Softmax of one row: e^(x - max), over their sum in order. */
final class SoftmaxLowering {
  private final TensorProgramBuilder program;
  private final String name;
  private final int width;
  private final Buffer powers;
  private final Buffer extremes;

  SoftmaxLowering(TensorProgramBuilder program, String name, int width) {
    this.program = program;
    this.name = name;
    this.width = width;
    this.powers = program.scratch(name + " powers", width);
    this.extremes = program.scratch(name + " maximum, sum", 2);
  }

  /** Writes up to the next multiple of lanes, so adjacent rows must be written in order. */
  void lower(Buffer from, Index source, Buffer to, Index target) {
    program.serial("maximum_" + name, body -> maximum(body, from, source));
    program.lanes(
        "powers_" + name,
        Step.padded(width),
        (body, j) -> {
          Real x = load(from, source.plus(j, 1));
          Real less = body.let(Real.subtract(x, load(extremes, Index.at(0))));
          body.store(powers, Index.at(0).plus(j, 1), Functions.exp(body, less));
        });
    program.serial("sum_" + name, this::sum);
    program.lanes(
        "softmax_" + name,
        Step.padded(width),
        (body, j) -> {
          Real power = load(powers, Index.at(0).plus(j, 1));
          body.store(to, target.plus(j, 1), Real.divide(power, load(extremes, Index.at(1))));
        });
  }

  private void maximum(Body body, Buffer from, Index source) {
    Real.Local most = body.accumulator(load(from, source));
    body.loop(
        width,
        (inner, k) -> {
          Real x = inner.let(load(from, source.plus(k, 1)));
          inner.assign(most, Real.select(Comparison.GREATER, x, most, x, most));
        });
    body.store(extremes, Index.at(0), most);
  }

  private void sum(Body body) {
    Real.Local sum = body.accumulator(Real.of(0));
    body.loop(
        width,
        (inner, k) -> inner.assign(sum, Real.add(sum, load(powers, Index.at(0).plus(k, 1)))));
    body.store(extremes, Index.at(1), sum);
  }
}
