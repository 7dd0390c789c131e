package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.TensorProgramBuilder.load;

import dev.axon64.codegen.network.graph.Parameter;
import java.util.List;

/** {@code W x + b} for each step: the bias plus the inputs in order, one fma each. */
final class LinearLowering {
  private final TensorProgramBuilder program;
  private final PackedTensor weight;
  private final PackedTensor bias;
  private final int parts;

  /**
   * @param parameters weight and bias
   * @param groups into which the outputs are split, each of them padded
   * @param parts of the outputs, all equal, each computed on its own
   */
  LinearLowering(TensorProgramBuilder program, List<Parameter> parameters, int groups, int parts) {
    this.program = program;
    this.weight = program.tensor(parameters.get(0), groups, parts);
    this.bias = program.tensor(parameters.get(1), groups, parts);
    this.parts = parts;
  }

  /** Writes all outputs. */
  void lower(String name, Value from, Value to) {
    lower(name, from, to, 0, 1);
  }

  /** Writes the outputs of one part, times {@code scale}. */
  void lower(String name, Value from, Value to, int part, float scale) {
    int outputs = weight.outputs() / parts;
    int first = part * outputs / weight.block();
    program.repeat(
        from.steps(),
        t ->
            program.blocks(
                name,
                outputs,
                weight.block(),
                (body, b, o) -> {
                  Real.Local sum = body.accumulator(load(bias.to(), bias.place(first, b, null, o)));
                  TensorProgramBuilder.addProducts(
                      body,
                      sum,
                      weight.columns(),
                      k -> load(from.buffer(), from.step(t).plus(k, 1)),
                      k -> load(weight.to(), weight.place(first, b, k, o)));
                  Index place = TensorProgramBuilder.output(to.step(t), weight, b, o);
                  Real scaled = scale == 1 ? sum : Real.multiply(sum, Real.of(scale));
                  body.store(to.buffer(), place, scaled);
                }));
  }
}
