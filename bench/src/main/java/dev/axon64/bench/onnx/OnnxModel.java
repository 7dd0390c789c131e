package dev.axon64.bench.onnx;

import dev.axon64.bench.onnx.OnnxGraph.Attribute;
import dev.axon64.bench.onnx.OnnxGraph.Type;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.Decision;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.network.spec.TensorSlot;
import dev.axon64.codegen.support.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network as an ONNX model of inputs {@code rows} (int32 [n], the embedding's row of each word)
 * and {@code features} (float32 [n, f]) and output {@code kernels} (int64 [n]).
 *
 * @param bytes the model file
 * @param features which of the spec's features it reads, in the order of {@code features}' columns
 */
public record OnnxModel(byte[] bytes, List<Integer> features) {
  static final String ROWS = "rows";
  static final String FEATURES = "features";
  static final String KERNELS = "kernels";

  public OnnxModel {
    features = List.copyOf(features);
  }

  /**
   * Layer for layer as published: Gather, Concat, then Gemm and Relu, then ArgMax.
   *
   * @throws InputException for a decision that ArgMax cannot take
   */
  public static OnnxModel published(Network network) {
    DispatchSpec spec = network.spec();
    float[] weights = network.weights();
    int count = spec.features().size();
    OnnxGraph graph = start(spec, count);
    for (TensorSlot slot : spec.tensors()) {
      float[] data = Arrays.copyOfRange(weights, slot.offset(), slot.end());
      int[] shape = slot.shape().stream().mapToInt(Integer::intValue).toArray();
      graph.constant(slot.name(), data, shape);
    }
    graph.node("Gather", List.of(DispatchSpec.EMBEDDING, ROWS), "row");
    graph.node("Concat", List.of("row", FEATURES), "inputs", new Attribute("axis", 1));
    String in = "inputs";
    for (LayerSpec layer : spec.layers()) {
      String name = layer.name();
      gemm(graph, in, name + ".weight", name + ".bias", name + ".sums");
      in = activated(graph, name, layer.activation());
    }
    decide(graph, spec, in);
    return new OnnxModel(graph.toBytes(), IntStream.range(0, count).boxed().toList());
  }

  /**
   * The plan that our emitters are fed, so that ONNX Runtime too profits from the folded embedding,
   * the units left out and the features not read; its matrices stay dense.
   *
   * @throws InputException for a decision that ArgMax cannot take
   */
  public static OnnxModel lowered(ForwardPlan plan) {
    DispatchSpec spec = plan.spec();
    List<Integer> features = plan.liveFeatures();
    OnnxGraph graph = start(spec, features.size());
    graph.constant("table", table(plan), spec.embeddingRows(), plan.table().size());
    graph.node("Gather", List.of("table", ROWS), "starts");
    String in = FEATURES;
    int width = features.size();
    for (int l = 0; l < plan.layers().size(); l++) {
      PlannedLayer layer = plan.layers().get(l);
      int units = layer.units().size();
      List<Integer> columns = l == 0 ? features : IntStream.range(0, width).boxed().toList();
      graph.constant(layer.name() + ".weight", matrix(layer, columns), units, width);
      String bias = l == 0 ? "starts" : layer.name() + ".bias";
      if (l > 0) {
        graph.constant(bias, biases(layer), units);
      }
      gemm(graph, in, layer.name() + ".weight", bias, layer.name() + ".sums");
      in = activated(graph, layer.name(), layer.activation());
      width = units;
    }
    decide(graph, spec, in);
    return new OnnxModel(graph.toBytes(), features);
  }

  private static OnnxGraph start(DispatchSpec spec, int features) {
    return new OnnxGraph("axon64-" + spec.name())
        .input(ROWS, Type.INT32, OnnxGraph.ANY)
        .input(FEATURES, Type.FLOAT, OnnxGraph.ANY, features)
        .output(KERNELS, Type.INT64, OnnxGraph.ANY);
  }

  private static void gemm(OnnxGraph graph, String in, String weight, String bias, String out) {
    graph.node("Gemm", List.of(in, weight, bias), out, new Attribute("transB", 1));
  }

  private static String activated(OnnxGraph graph, String layer, Activation activation) {
    if (activation == Activation.LINEAR) {
      return layer + ".sums";
    }
    graph.node("Relu", List.of(layer + ".sums"), layer + ".values");
    return layer + ".values";
  }

  /** A floor cuts scores from below; where it cuts all, they tie and kernel 0 wins. */
  private static void decide(OnnxGraph graph, DispatchSpec spec, String scores) {
    Decision decision = spec.decision();
    Attribute axis = new Attribute("axis", 1);
    Attribute flat = new Attribute("keepdims", 0);
    if (decision.floor() == Float.NEGATIVE_INFINITY) {
      Attribute ties = new Attribute("select_last_index", decision.lowestWins() ? 0 : 1);
      graph.node("ArgMax", List.of(scores), KERNELS, axis, flat, ties);
      return;
    }
    if (!decision.lowestWins()) {
      throw new InputException(
          spec.name(), "has a floor and lets the highest kernel win ties, which ArgMax cannot say");
    }
    int kernels = spec.kernels().size();
    float[] floor = new float[kernels];
    Arrays.fill(floor, decision.floor());
    graph.constant("floor", floor, kernels);
    graph.node("Max", List.of(scores, "floor"), "floored");
    graph.node("ArgMax", List.of("floored"), KERNELS, axis, flat);
  }

  private static float[] table(ForwardPlan plan) {
    int units = plan.table().size();
    float[] table = new float[plan.spec().embeddingRows() * units];
    for (int u = 0; u < units; u++) {
      float[] starts = plan.table().get(u);
      for (int row = 0; row < starts.length; row++) {
        table[row * units + u] = starts[row];
      }
    }
    return table;
  }

  private static float[] matrix(PlannedLayer layer, List<Integer> columns) {
    float[] matrix = new float[layer.units().size() * columns.size()];
    for (int u = 0; u < layer.units().size(); u++) {
      for (Term term : layer.units().get(u).terms()) {
        matrix[u * columns.size() + columns.indexOf(term.input())] = term.weight();
      }
    }
    return matrix;
  }

  private static float[] biases(PlannedLayer layer) {
    float[] biases = new float[layer.units().size()];
    for (int u = 0; u < biases.length; u++) {
      Unit unit = layer.units().get(u);
      biases[u] = unit.bias();
    }
    return biases;
  }
}
