package dev.axon64.bench.onnx;

import dev.axon64.bench.onnx.OnnxGraph.Attribute;
import dev.axon64.bench.onnx.OnnxGraph.Type;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.codegen.network.graph.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * A companion network as an ONNX model, layer by layer, for a fixed number of samples per call.
 * Values are [sample * steps + step][width], so that layers that work step by step need no third
 * axis.
 */
public final class CompanionModel {
  /** Where ONNX's gates (input, output, forget, candidate) stand in PyTorch's order. */
  private static final int[] GATES = {0, 3, 1, 2};

  private final GraphWeights weights;
  private final int samples;
  private final OnnxGraph onnx;
  private int made;

  private CompanionModel(Graph graph, GraphWeights weights, int samples) {
    this.weights = weights;
    this.samples = samples;
    this.onnx = new OnnxGraph("axon64-" + graph.name());
  }

  /**
   * The model file. Inputs and outputs have the graph's names.
   *
   * @param samples in a call
   */
  public static byte[] of(Graph graph, GraphWeights weights, int samples) {
    CompanionModel model = new CompanionModel(graph, weights, samples);
    for (Layer layer : graph.layers()) {
      model.layer(layer);
    }
    for (String output : graph.outputs()) {
      Shape shape = graph.layer(output).shape();
      model.onnx.output(output, Type.FLOAT, samples * shape.steps(), shape.width());
    }
    return model.onnx.toBytes();
  }

  private void layer(Layer layer) {
    String y = layer.name();
    switch (layer) {
      case Layer.Input input ->
          onnx.input(y, Type.FLOAT, samples * input.shape().steps(), input.shape().width());
      case Layer.Linear linear -> {
        tensors(linear);
        String path = linear.path();
        gemm(linear.source(), path + ".weight", path + ".bias", y);
      }
      case Layer.LayerNorm norm -> {
        tensors(norm);
        List<String> inputs =
            List.of(norm.source(), norm.path() + ".weight", norm.path() + ".bias");
        onnx.node("LayerNormalization", inputs, y, new Attribute("axis", 1));
      }
      case Layer.Pointwise pointwise -> {
        String operator =
            switch (pointwise.function()) {
              case RELU -> "Relu";
              case TANH -> "Tanh";
              case SIGMOID -> "Sigmoid";
            };
        onnx.node(operator, List.of(pointwise.source()), y);
      }
      case Layer.Softmax softmax -> softmax(softmax);
      case Layer.Lstm lstm -> lstm(lstm);
      case Layer.Attention attention -> attention(attention);
      case Layer.Concat concat ->
          onnx.node("Concat", concat.sources(), y, new Attribute("axis", 1));
      case Layer.Slice slice -> slice(slice.source(), 1, slice.first(), slice.end(), y);
      case Layer.Last last -> {
        int steps = last.from().steps();
        String lasts = fresh();
        slice(windows(last.source(), last.from()), 1, steps - 1, steps, lasts);
        reshape(lasts, y, samples, last.from().width());
      }
      case Layer.Mean mean -> {
        Attribute steps = new Attribute("axes", List.of(1));
        Attribute flat = new Attribute("keepdims", 0);
        onnx.node("ReduceMean", List.of(windows(mean.source(), mean.from())), y, steps, flat);
      }
    }
  }

  /** A value as [sample][step][width]. */
  private String windows(String x, Shape shape) {
    return reshape(x, fresh(), samples, shape.steps(), shape.width());
  }

  private void tensors(Layer layer) {
    for (Parameter parameter : layer.parameters()) {
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      onnx.constant(parameter.name(), weights.values(parameter.name()), shape);
    }
  }

  private void gemm(String x, String weight, String bias, String y) {
    onnx.node("Gemm", List.of(x, weight, bias), y, new Attribute("transB", 1));
  }

  private String fresh() {
    return "value." + made++;
  }

  private String reshape(String x, String y, long... extents) {
    String shape = fresh();
    onnx.integers(shape, extents).node("Reshape", List.of(x, shape), y);
    return y;
  }

  private String transpose(String x, Integer... order) {
    String y = fresh();
    onnx.node("Transpose", List.of(x), y, new Attribute("perm", List.of(order)));
    return y;
  }

  private void slice(String x, int axis, int first, int end, String y) {
    String from = fresh();
    String to = fresh();
    String along = fresh();
    onnx.integers(from, first).integers(to, end).integers(along, axis);
    onnx.node("Slice", List.of(x, from, to, along), y);
  }

  private void softmax(Layer.Softmax layer) {
    int rows = samples * layer.shape().steps();
    int width = layer.shape().width();
    String parts = reshape(layer.source(), fresh(), rows, layer.groups(), width / layer.groups());
    String shares = fresh();
    onnx.node("Softmax", List.of(parts), shares, new Attribute("axis", 2));
    reshape(shares, layer.name(), rows, width);
  }

  private void lstm(Layer.Lstm lstm) {
    int steps = lstm.from().steps();
    long width = (long) lstm.hidden() * lstm.directions();
    String x = stepsFirst(lstm.source(), lstm.from());
    for (int l = 0; l < lstm.layers(); l++) {
      String w = gates(lstm, l, lstm.inputs(l), "weight_ih");
      String r = gates(lstm, l, lstm.hidden(), "weight_hh");
      String b = gates(lstm, l, 1, "bias_ih", "bias_hh");
      String states = fresh();
      onnx.node(
          "LSTM",
          List.of(x, w, r, b),
          states,
          new Attribute("hidden_size", lstm.hidden()),
          new Attribute(
              "direction", (Object) (lstm.bidirectional() ? "bidirectional" : "forward")));
      // [step][direction][sample][hidden]
      boolean last = l + 1 == lstm.layers();
      if (last) {
        String rows = samples == 1 ? transpose(states, 0, 2, 1, 3) : transpose(states, 2, 0, 1, 3);
        reshape(rows, lstm.name(), (long) samples * steps, width);
      } else {
        x = reshape(transpose(states, 0, 2, 1, 3), fresh(), steps, samples, width);
      }
    }
  }

  /** A value as [step][sample][width]; a single sample needs no transposing. */
  private String stepsFirst(String x, Shape shape) {
    return samples == 1
        ? reshape(x, fresh(), shape.steps(), 1, shape.width())
        : transpose(windows(x, shape), 1, 0, 2);
  }

  /** A layer's tensors of both directions one after another, their gates in ONNX's order. */
  private String gates(Layer.Lstm lstm, int layer, int columns, String... tensors) {
    int gate = lstm.hidden() * columns;
    int one = Layer.Lstm.GATES * gate;
    float[] all = new float[lstm.directions() * tensors.length * one];
    int at = 0;
    for (int d = 0; d < lstm.directions(); d++) {
      for (String tensor : tensors) {
        String name = lstm.path() + "." + tensor + Layer.Lstm.suffix(layer, d);
        float[] values = weights.values(name);
        for (int g : GATES) {
          System.arraycopy(values, g * gate, all, at, gate);
          at += gate;
        }
      }
    }
    String value = fresh();
    int rows = tensors.length * Layer.Lstm.GATES * lstm.hidden();
    if (columns == 1 && tensors.length > 1) {
      onnx.constant(value, all, lstm.directions(), rows);
    } else {
      onnx.constant(value, all, lstm.directions(), rows, columns);
    }
    return value;
  }

  private void attention(Layer.Attention layer) {
    int queries = layer.from().steps();
    int width = layer.from().width();
    String q = heads(layer, layer.query(), queries, 0, 0, 2, 1, 3);
    String k = heads(layer, layer.memory(), layer.over().steps(), 1, 0, 2, 3, 1);
    String v = heads(layer, layer.memory(), layer.over().steps(), 2, 0, 2, 1, 3);
    String scores = fresh();
    String scale = fresh();
    String scaled = fresh();
    String shares = fresh();
    String mixed = fresh();
    onnx.constant(scale, new float[] {(float) (1 / Math.sqrt(layer.headWidth()))}, 1);
    onnx.node("MatMul", List.of(q, k), scores);
    onnx.node("Mul", List.of(scores, scale), scaled);
    onnx.node("Softmax", List.of(scaled), shares, new Attribute("axis", 3));
    onnx.node("MatMul", List.of(shares, v), mixed);
    long rows = (long) samples * queries;
    String joined = reshape(transpose(mixed, 0, 2, 1, 3), fresh(), rows, width);
    String path = layer.path() + ".out_proj.";
    onnx.constant(path + "weight", weights.values(path + "weight"), width, width);
    onnx.constant(path + "bias", weights.values(path + "bias"), width);
    gemm(joined, path + "weight", path + "bias", layer.name());
  }

  /** Queries, keys or contents: [sample][step][head][column] in the order of axes given. */
  private String heads(Layer.Attention layer, String x, int steps, int part, Integer... order) {
    int width = layer.from().width();
    float[] all = weights.values(layer.path() + ".in_proj_weight");
    float[] biases = weights.values(layer.path() + ".in_proj_bias");
    String weight = fresh();
    String bias = fresh();
    int rows = width * width;
    onnx.constant(weight, Arrays.copyOfRange(all, part * rows, (part + 1) * rows), width, width);
    onnx.constant(bias, Arrays.copyOfRange(biases, part * width, (part + 1) * width), width);
    String y = fresh();
    gemm(x, weight, bias, y);
    String parts = reshape(y, fresh(), samples, steps, layer.heads(), layer.headWidth());
    return transpose(parts, order);
  }
}
