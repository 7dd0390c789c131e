package dev.axon64.weights.companion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.weights.data.SplitMix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph on PyTorch, with weights that can be learnt. Values are [batch][steps][width]. */
final class TorchGraph {
  private final Graph graph;
  private final NDManager manager;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  /** Draws weights as PyTorch does by default, from a seed. */
  TorchGraph(Graph graph, NDManager manager, long seed) {
    this.graph = graph;
    this.manager = manager;
    for (Layer layer : graph.layers()) {
      for (Parameter parameter : layer.parameters()) {
        float[] values = start(layer, parameter, SplitMix.of(seed, parameter.name()));
        set(parameter, values);
      }
    }
  }

  private void set(Parameter parameter, float[] values) {
    long[] shape = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
    NDArray array = manager.create(values, new Shape(shape));
    array.setRequiresGradient(true);
    weights.put(parameter.name(), array);
  }

  private static float[] start(Layer layer, Parameter parameter, SplitMix random) {
    float[] values = new float[parameter.size()];
    boolean bias = parameter.shape().size() == 1;
    double bound =
        switch (layer) {
          case Layer.Lstm lstm -> 1 / Math.sqrt(lstm.hidden());
          case Layer.Linear linear -> 1 / Math.sqrt(linear.from().width());
          case Layer.Attention attention -> bias ? 0 : Math.sqrt(3.0 / attention.from().width());
          default -> 0;
        };
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.uniform() - 1) * bound);
    }
    if (layer instanceof Layer.LayerNorm && parameter.name().endsWith("weight")) {
      java.util.Arrays.fill(values, 1);
    }
    return values;
  }

  /** Takes over weights. */
  void load(GraphWeights values) {
    weights.values().forEach(NDArray::close);
    graph.parameters().forEach(p -> set(p, values.values(p.name())));
  }

  /** The tensors by name. */
  Map<String, NDArray> weights() {
    return weights;
  }

  /** All tensors' values, one after another, in the graph's order. */
  float[] flat() {
    float[] all = new float[graph.parameterCount()];
    int at = 0;
    for (Parameter parameter : graph.parameters()) {
      float[] values = weights.get(parameter.name()).toFloatArray();
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  /** The outputs for a batch of samples, flat as the generated network takes them. */
  Map<String, NDArray> forward(NDArray samples) {
    Map<String, NDArray> values = new LinkedHashMap<>();
    long batch = samples.getShape().get(0);
    int at = 0;
    for (Layer layer : graph.layers()) {
      if (layer instanceof Layer.Input input) {
        int size = input.shape().size();
        NDArray part = samples.get(":, " + at + ":" + (at + size));
        values.put(input.name(), part.reshape(batch, input.shape().steps(), input.shape().width()));
        at += size;
      } else {
        values.put(layer.name(), value(layer, values, batch));
      }
    }
    values.keySet().retainAll(graph.outputs());
    return values;
  }

  private NDArray value(Layer layer, Map<String, NDArray> values, long batch) {
    NDArray x = values.get(layer.sources().get(0));
    return switch (layer) {
      case Layer.Input input -> x;
      case Layer.Linear linear -> linear(x, linear.path() + ".weight", linear.path() + ".bias");
      case Layer.LayerNorm norm ->
          x.getNDArrayInternal()
              .layerNorm(
                  x,
                  new Shape(norm.shape().width()),
                  weights.get(norm.path() + ".weight"),
                  weights.get(norm.path() + ".bias"),
                  Layer.LayerNorm.EPSILON)
              .get(0);
      case Layer.Pointwise pointwise ->
          switch (pointwise.function()) {
            case RELU -> Activation.relu(x);
            case TANH -> Activation.tanh(x);
            case SIGMOID -> Activation.sigmoid(x);
          };
      case Layer.Softmax softmax -> {
        int steps = softmax.shape().steps();
        int width = softmax.shape().width();
        int groups = softmax.groups();
        yield x.reshape(batch, steps, groups, width / groups)
            .softmax(-1)
            .reshape(batch, steps, width);
      }
      case Layer.Lstm lstm -> lstm(lstm, x, batch);
      case Layer.Attention attention ->
          attention(attention, x, values.get(attention.memory()), batch);
      case Layer.Concat concat -> {
        List<NDArray> parts = concat.sources().stream().map(values::get).toList();
        yield NDArrays.concat(new NDList(parts), -1);
      }
      case Layer.Slice slice -> x.get(":, :, " + slice.first() + ":" + slice.end());
      case Layer.Last last -> {
        int steps = last.from().steps();
        yield x.get(":, " + (steps - 1) + ":" + steps);
      }
      case Layer.Mean mean -> x.mean(new int[] {1}, true);
    };
  }

  private NDArray linear(NDArray x, String weight, String bias) {
    return x.getNDArrayInternal().linear(x, weights.get(weight), weights.get(bias)).get(0);
  }

  private NDArray lstm(Layer.Lstm lstm, NDArray x, long batch) {
    NDList parameters = new NDList();
    lstm.parameters().forEach(parameter -> parameters.add(weights.get(parameter.name())));
    Shape shape = new Shape((long) lstm.layers() * lstm.directions(), batch, lstm.hidden());
    NDList state = new NDList(x.getManager().zeros(shape), x.getManager().zeros(shape));
    return x.getNDArrayInternal()
        .lstm(x, state, parameters, true, lstm.layers(), 0, true, lstm.bidirectional(), true)
        .get(0);
  }

  private NDArray attention(Layer.Attention layer, NDArray query, NDArray memory, long batch) {
    int width = layer.from().width();
    NDArray weight = weights.get(layer.path() + ".in_proj_weight");
    NDArray bias = weights.get(layer.path() + ".in_proj_bias");
    NDArray q = part(layer, query, weight, bias, 0, batch);
    NDArray k = part(layer, memory, weight, bias, 1, batch);
    NDArray v = part(layer, memory, weight, bias, 2, batch);
    NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).div(Math.sqrt(layer.headWidth()));
    NDArray seen = scores.softmax(-1).matMul(v).transpose(0, 2, 1, 3);
    NDArray joined = seen.reshape(batch, layer.from().steps(), width);
    return linear(joined, layer.path() + ".out_proj.weight", layer.path() + ".out_proj.bias");
  }

  /** Queries, keys or values: [batch][heads][steps][width of a head]. */
  private static NDArray part(
      Layer.Attention layer, NDArray x, NDArray weight, NDArray bias, int which, long batch) {
    int width = layer.from().width();
    String rows = which * width + ":" + (which + 1) * width;
    return x.getNDArrayInternal()
        .linear(x, weight.get(rows), bias.get(rows))
        .get(0)
        .reshape(batch, x.getShape().get(1), layer.heads(), layer.headWidth())
        .transpose(0, 2, 1, 3);
  }
}
