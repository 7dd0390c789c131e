package dev.axon64.codegen.network.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.RandomGraph;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShippedGraphsTest {
  private static int parameters(Graph graph, String prefix) {
    return graph.parameters().stream()
        .filter(parameter -> parameter.name().startsWith(prefix))
        .mapToInt(Parameter::size)
        .sum();
  }

  @Test
  void memoryOracleHasThePublishedParameters() {
    Graph oracle = Graphs.read("memory-oracle");
    assertEquals(271_124, oracle.parameterCount());
    assertEquals(4_864, parameters(oracle, "encoder."));
    assertEquals(99_328 + 132_096, parameters(oracle, "lstm."));
    assertEquals(17_544, parameters(oracle, "delta_head."));
    assertEquals(8_776, parameters(oracle, "confidence_head."));
    assertEquals(8_516, parameters(oracle, "pattern_head."));
  }

  @Test
  void loopDetectorHasThePublishedParameters() {
    Graph detector = Graphs.read("loop-detector");
    assertEquals(1_083_397, detector.parameterCount());
    assertEquals(20_992, parameters(detector, "inst_encoder."));
    assertEquals(3_168, parameters(detector, "field_extractor."));
    assertEquals(264_192 + 395_264, parameters(detector, "lstm."));
    assertEquals(25_088, parameters(detector, "reg_encoder."));
    assertEquals(263_168, parameters(detector, "attention."));
    assertEquals(49_796, parameters(detector, "type_head."));
    assertEquals(8_224, parameters(detector, "counter_attention."));
    assertEquals(53_505, parameters(detector, "iteration_head."));
  }

  @Test
  void patternRecognizerHasAbout508ThousandParameters() {
    assertEquals(507_798, Graphs.read("pattern-recognizer").parameterCount());
  }

  @Test
  void namesAndShapesArePyTorchs() {
    List<String> names =
        Graphs.read("loop-detector").parameters().stream()
            .filter(p -> p.name().startsWith("lstm.") || p.name().startsWith("attention."))
            .map(p -> p.name() + " " + p.shape())
            .toList();
    assertEquals(
        List.of(
            "lstm.weight_ih_l0 [512, 128]",
            "lstm.weight_hh_l0 [512, 128]",
            "lstm.bias_ih_l0 [512]",
            "lstm.bias_hh_l0 [512]",
            "lstm.weight_ih_l0_reverse [512, 128]",
            "lstm.weight_hh_l0_reverse [512, 128]",
            "lstm.bias_ih_l0_reverse [512]",
            "lstm.bias_hh_l0_reverse [512]",
            "lstm.weight_ih_l1 [512, 256]",
            "lstm.weight_hh_l1 [512, 128]",
            "lstm.bias_ih_l1 [512]",
            "lstm.bias_hh_l1 [512]",
            "lstm.weight_ih_l1_reverse [512, 256]",
            "lstm.weight_hh_l1_reverse [512, 128]",
            "lstm.bias_ih_l1_reverse [512]",
            "lstm.bias_hh_l1_reverse [512]",
            "attention.in_proj_weight [768, 256]",
            "attention.in_proj_bias [768]",
            "attention.out_proj.weight [256, 256]",
            "attention.out_proj.bias [256]"),
        names);
  }

  @Test
  void aCheckpointLoadsInAnyOrderAndAFlatVectorInTheGraphs() {
    Graph graph = Graphs.read("memory-oracle");
    GraphWeights weights = RandomGraph.weights(graph, 3);
    List<Tensor> tensors = weights.tensors(graph);
    byte[] file = TensorFiles.safetensors(tensors, new TreeMap<>());
    List<Tensor> read = new ArrayList<>(TensorFiles.read(file, "oracle.safetensors"));
    Collections.reverse(read);
    GraphWeights again = GraphWeights.of(graph, read, "oracle.safetensors");
    assertEquals(tensors, again.tensors(graph));
  }

  @Test
  void weightsThatDoNotFitAreRefused() {
    Graph graph = Graphs.read("memory-oracle");
    List<Tensor> tensors = RandomGraph.weights(graph, 3).tensors(graph);
    refuses(
        "w: lacks encoder.0.weight [64, 10] of graph memory-oracle",
        graph,
        tensors.subList(1, tensors.size()));
    List<Tensor> more = new ArrayList<>(tensors);
    more.add(new Tensor("tail", List.of(1), new float[1]));
    refuses("w: holds 'tail', which graph memory-oracle lacks; leave it out", graph, more);
    List<Tensor> turned = new ArrayList<>(tensors);
    turned.set(0, new Tensor("encoder.0.weight", List.of(10, 64), tensors.get(0).data()));
    refuses(
        "w: has encoder.0.weight as [10, 64] where encoder.0.weight [64, 10] is wanted;"
            + " are these the weights of graph memory-oracle?",
        graph,
        turned);
    refuses(
        "w: holds 7 values but graph memory-oracle has 271124 parameters",
        graph,
        List.of(new Tensor("", List.of(7), new float[7])));
    float[] endless = new float[graph.parameterCount()];
    endless[0] = Float.POSITIVE_INFINITY;
    InputException refusal =
        assertThrows(InputException.class, () -> GraphWeights.flat(graph, endless, "w"));
    assertTrue(refusal.getMessage().contains("encoder.0.weight holds Infinity"));
  }

  private static void refuses(String message, Graph graph, List<Tensor> tensors) {
    InputException refusal =
        assertThrows(InputException.class, () -> GraphWeights.of(graph, tensors, "w"));
    assertEquals(message, refusal.getMessage());
  }
}
