package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.LoopBuilder.addProducts;
import static dev.axon64.codegen.network.program.LoopBuilder.load;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.program.Real.Comparison;
import dev.axon64.codegen.support.InputException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Lowers a graph to loops. An output is its bias plus its inputs in order, one fma each; lanes are
 * outputs, so that the vector width changes no sum.
 */
public final class GraphLowering {
  private final Graph graph;
  private final LoopBuilder loops = new LoopBuilder();
  private final Map<String, Value> values = new HashMap<>();

  private GraphLowering(Graph graph) {
    this.graph = graph;
  }

  /**
   * The graph as loops.
   *
   * @throws InputException if its padded weights and values are too many to count
   */
  public static LoopProgram lower(Graph graph) {
    try {
      return new GraphLowering(graph).lower();
    } catch (ArithmeticException e) {
      throw new InputException(
          graph.name(), "needs over 2^31 float32 once padded; make its layers smaller", e);
    }
  }

  private LoopProgram lower() {
    int at = 0;
    for (Layer layer : graph.layers()) {
      if (layer instanceof Layer.Input input) {
        values.put(input.name(), input(input, at));
        at += input.shape().size();
      } else {
        values.put(layer.name(), layer(layer));
      }
    }
    outputs();
    return loops.program(graph.name(), graph.inputSize(), graph.outputSize());
  }

  private Value layer(Layer layer) {
    if (layer instanceof Layer.Linear linear) {
      return linear(linear);
    } else if (layer instanceof Layer.LayerNorm norm) {
      return layerNorm(norm);
    } else if (layer instanceof Layer.Pointwise pointwise) {
      return pointwise(pointwise);
    } else if (layer instanceof Layer.Softmax softmax) {
      return softmax(softmax);
    } else if (layer instanceof Layer.Lstm lstm) {
      return new LstmLowering(loops, lstm).lower(values.get(lstm.source()));
    } else if (layer instanceof Layer.Attention attention) {
      return new AttentionLowering(loops, attention)
          .lower(values.get(attention.query()), values.get(attention.memory()));
    } else if (layer instanceof Layer.Concat concat) {
      return concat(concat);
    } else if (layer instanceof Layer.Slice slice) {
      return values.get(slice.source()).columns(slice.first(), slice.end());
    } else if (layer instanceof Layer.Last last) {
      return values.get(last.source()).last();
    } else if (layer instanceof Layer.Mean mean) {
      return mean(mean);
    }
    throw new IllegalStateException("no lowering of " + layer);
  }

  private Value input(Layer.Input input, int at) {
    Buffer from = new Buffer(input.name(), Buffer.Area.INPUTS, at, input.shape().size());
    Value to = loops.value(input.name(), input.shape());
    int width = input.shape().width();
    Value packed = new Value(from, 0, width, input.shape().steps(), width);
    copy("input_" + input.name(), packed, to, 0);
    return to;
  }

  /** Copies all columns into those of a wider value that start at {@code column}. */
  private void copy(String name, Value from, Value to, int column) {
    loops.serial(
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
    Value from = values.get(linear.source());
    Value to = loops.value(linear.name(), linear.shape());
    PackedTensor weight = loops.tensor(linear.parameters().get(0), 1);
    PackedTensor bias = loops.tensor(linear.parameters().get(1), 1);
    loops.repeat(
        linear.shape().steps(),
        t ->
            loops.blocks(
                "linear_" + linear.name(),
                weight.outputs(),
                weight.block(),
                (body, b, o) -> {
                  Real.Local sum = body.accumulator(load(bias.to(), bias.place(0, b, null, o)));
                  addProducts(
                      body,
                      sum,
                      weight.columns(),
                      k -> load(from.buffer(), from.step(t).plus(k, 1)),
                      k -> load(weight.to(), weight.place(0, b, k, o)));
                  body.store(to.buffer(), LoopBuilder.output(to.step(t), weight, b, o), sum);
                }));
    return to;
  }

  private Value layerNorm(Layer.LayerNorm norm) {
    Value from = values.get(norm.source());
    Value to = loops.value(norm.name(), norm.shape());
    PackedTensor scale = loops.tensor(norm.parameters().get(0), 1);
    PackedTensor move = loops.tensor(norm.parameters().get(1), 1);
    Buffer moments = loops.scratch(norm.name() + " moments", 2);
    int width = norm.shape().width();
    loops.repeat(
        norm.shape().steps(),
        t -> {
          loops.serial("moments_" + norm.name(), body -> moments(body, from, t, width, moments));
          loops.lanes(
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
    return to;
  }

  /** The mean, and one over the deviation. */
  private static void moments(Body body, Value from, Counter t, int width, Buffer moments) {
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

  private Value pointwise(Layer.Pointwise layer) {
    Value from = values.get(layer.source());
    Value to = loops.value(layer.name(), layer.shape());
    loops.repeat(
        layer.shape().steps(),
        t ->
            loops.lanes(
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
    Value to = loops.overlapping(layer.name(), layer.shape(), part);
    SoftmaxLowering rows = new SoftmaxLowering(loops, layer.name(), part);
    loops.repeat(
        layer.shape().steps(),
        t ->
            loops.repeat(
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
    Value to = loops.value(concat.name(), concat.shape());
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
    Value to = loops.value(mean.name(), mean.shape());
    int steps = from.steps();
    loops.lanes(
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
      loops.serial(
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
