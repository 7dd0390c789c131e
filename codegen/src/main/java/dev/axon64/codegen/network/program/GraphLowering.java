package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.TensorProgramBuilder.load;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.program.Real.Comparison;
import dev.axon64.codegen.support.InputException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Lowers a graph to a tensor program. An output is its bias plus its inputs in order, one fma each;
 * lanes are outputs, so that the vector width changes no sum.
 */
public final class GraphLowering {
  private final Graph graph;
  private final TensorProgramBuilder program = new TensorProgramBuilder();
  private final Map<String, Value> values = new HashMap<>();

  /** The index in a sample at which the next input starts. */
  private int inputsAt;

  private GraphLowering(Graph graph) {
    this.graph = graph;
  }

  /**
   * Returns the program that computes a graph.
   *
   * @throws InputException if its padded weights and values are too many to count
   */
  public static TensorProgram lower(Graph graph) {
    try {
      return new GraphLowering(graph).lower();
    } catch (ArithmeticException e) {
      throw new InputException(
          graph.name(), "needs over 2^31 float32 once padded; make its layers smaller", e);
    }
  }

  private TensorProgram lower() {
    for (Layer layer : graph.layers()) {
      values.put(layer.name(), layer(layer));
    }
    outputs();
    return program.build(graph.name(), graph.inputSize(), graph.outputSize());
  }

  private Value layer(Layer layer) {
    return switch (layer) {
      case Layer.Input input -> input(input);
      case Layer.Linear linear -> linear(linear);
      case Layer.LayerNorm norm -> layerNorm(norm);
      case Layer.Pointwise pointwise -> pointwise(pointwise);
      case Layer.Softmax softmax -> softmax(softmax);
      case Layer.Lstm lstm -> new LstmLowering(program, lstm).lower(values.get(lstm.source()));
      case Layer.Attention attention ->
          new AttentionLowering(program, attention)
              .lower(values.get(attention.query()), values.get(attention.memory()));
      case Layer.Concat concat -> concat(concat);
      case Layer.Slice slice -> values.get(slice.source()).columns(slice.first(), slice.end());
      case Layer.Last last -> values.get(last.source()).last();
      case Layer.Mean mean -> mean(mean);
    };
  }

  private Value input(Layer.Input input) {
    Buffer from = new Buffer(input.name(), Buffer.Area.INPUTS, inputsAt, input.shape().size());
    inputsAt += from.length();
    Value to = program.value(input.name(), input.shape());
    int width = input.shape().width();
    Value packed = new Value(from, 0, width, input.shape().steps(), width);
    copy("input_" + input.name(), packed, to, 0);
    return to;
  }

  /** Copies all columns into those of a wider value that start at {@code column}. */
  private void copy(String name, Value from, Value to, int column) {
    program.serial(
        name,
        body ->
            body.loop(
                from.steps(),
                (outer, t) ->
                    outer.loop(
                        from.width(),
                        (inner, k) ->
                            inner.store(
                                to.buffer(),
                                to.step(t).plus(column).plus(k, 1),
                                load(from.buffer(), from.step(t).plus(k, 1))))));
  }

  private Value linear(Layer.Linear linear) {
    Value to = program.value(linear.name(), linear.shape());
    new LinearLowering(program, linear.parameters(), 1, 1)
        .lower("linear_" + linear.name(), values.get(linear.source()), to);
    return to;
  }

  private Value layerNorm(Layer.LayerNorm norm) {
    Value to = program.value(norm.name(), norm.shape());
    new LayerNormLowering(program, norm).lower(values.get(norm.source()), to);
    return to;
  }

  private Value pointwise(Layer.Pointwise layer) {
    Value from = values.get(layer.source());
    Value to = program.value(layer.name(), layer.shape());
    program.repeat(
        layer.shape().steps(),
        t ->
            program.lanes(
                layer.function().name().toLowerCase(Locale.ROOT) + "_" + layer.name(),
                Step.padded(layer.shape().width()),
                (body, o) -> {
                  Real x = body.let(load(from.buffer(), from.step(t).plus(o, 1)));
                  body.store(to.buffer(), to.step(t).plus(o, 1), apply(layer.function(), body, x));
                }));
    return to;
  }

  static Real apply(Layer.Function function, Body body, Real x) {
    return switch (function) {
      case RELU -> Functions.relu(x);
      case TANH -> Functions.tanh(body, x);
      case SIGMOID -> Functions.sigmoid(body, x);
    };
  }

  private Value softmax(Layer.Softmax layer) {
    Value from = values.get(layer.source());
    int part = layer.shape().width() / layer.groups();
    Value to = program.overlapping(layer.name(), layer.shape(), part);
    SoftmaxLowering rows = new SoftmaxLowering(program, layer.name(), part);
    program.repeat(
        layer.shape().steps(),
        t ->
            program.repeat(
                layer.groups(),
                g ->
                    rows.lower(
                        from.buffer(),
                        group(from.step(t), g, part),
                        to.buffer(),
                        group(to.step(t), g, part))));
    return to;
  }

  static Index group(Index start, Counter group, int width) {
    return group == null ? start : start.plus(group, width);
  }

  private Value concat(Layer.Concat concat) {
    Value to = program.value(concat.name(), concat.shape());
    int column = 0;
    for (String source : concat.sources()) {
      Value from = values.get(source);
      copy("concat_" + concat.name(), from, to, column);
      column += from.width();
    }
    return to;
  }

  private Value mean(Layer.Mean mean) {
    Value from = values.get(mean.source());
    Value to = program.value(mean.name(), mean.shape());
    int steps = from.steps();
    program.lanes(
        "mean_" + mean.name(),
        Step.padded(mean.shape().width()),
        (body, o) -> {
          Real.Local sum = body.accumulator(Real.of(0));
          body.loop(
              steps,
              (inner, t) ->
                  inner.assign(sum, Real.add(sum, load(from.buffer(), from.step(t).plus(o, 1)))));
          body.store(to.buffer(), to.step(null).plus(o, 1), Real.divide(sum, Real.of(steps)));
        });
    return to;
  }

  /** Copies outputs side by side; every NaN becomes the same one. */
  private void outputs() {
    int at = 0;
    for (String output : graph.outputs()) {
      Value from = values.get(output);
      Buffer to = new Buffer(output, Buffer.Area.OUTPUTS, at, from.steps() * from.width());
      program.serial(
          "output_" + output,
          body ->
              body.loop(
                  from.steps(),
                  (outer, t) ->
                      outer.loop(
                          from.width(),
                          (inner, k) -> {
                            Real x = inner.let(load(from.buffer(), from.step(t).plus(k, 1)));
                            Real one =
                                Real.select(Comparison.NOT_EQUAL, x, x, Real.of(Float.NaN), x);
                            inner.store(to, Index.at(0).plus(t, from.width()).plus(k, 1), one);
                          })));
      at += from.steps() * from.width();
    }
  }
}
