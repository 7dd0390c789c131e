package dev.axon64.propose.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.propose.companion.OracleProposal.Pattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose weights a file holds is told by its tensors, whatever the file is called. */
class MemoryOracleTest {
  private static final Graph SHIPPED = Graphs.read("memory-oracle");
  private static final Graph PUBLISHED = MemoryOracle.publishedGraph();

  @TempDir private Path folder;

  private static float[] values(Graph graph) {
    Random random = new Random(3);
    float[] values = new float[graph.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() / 8;
    }
    return values;
  }

  private static List<Tensor> tensors(Graph graph) {
    return GraphWeights.flat(graph, values(graph), "test").tensors(graph);
  }

  private Path write(String name, List<Tensor> tensors) {
    Path file = folder.resolve(name);
    TensorFiles.writeSafetensors(file, tensors, new TreeMap<>());
    return file;
  }

  /** What an oracle says about some accesses. */
  private static String answers(MemoryOracle oracle) {
    AccessWindow window = new AccessWindow(6);
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      window.add(0x1000 + 4 * i, 64L * i * i, 8, i % 2 == 0);
      if (i > 1) {
        OracleProposal proposal = oracle.propose(window);
        said.append(Arrays.toString(Arrays.copyOf(proposal.steps(), proposal.count())));
        said.append(Arrays.toString(Arrays.copyOf(proposal.confidences(), proposal.count())));
      }
    }
    return said.toString();
  }

  @Test
  void oneArrayAndThePublishedNamesMeanThePublishedNetwork() {
    Path array = folder.resolve("oracle.safetensors");
    TensorFiles.writeNpy(
        array, new Tensor("", List.of(PUBLISHED.parameterCount()), values(PUBLISHED)));
    Path named = write("oracle.npy", tensors(PUBLISHED));
    assertEquals(answers(MemoryOracle.read(array)), answers(MemoryOracle.read(named)));
  }

  @Test
  void theShippedNamesMeanTheShippedNetwork() {
    Path file = write("oracle.npy", tensors(SHIPPED));
    CompanionNetwork network =
        CompanionNetwork.of(
            CompanionNetwork.Shape.MEMORY_ORACLE,
            GraphWeights.flat(SHIPPED, values(SHIPPED), "test"));
    assertEquals(answers(MemoryOracle.of(network)), answers(MemoryOracle.read(file)));
  }

  @Test
  void otherWeightsAreRefusedInOneLine() {
    Path other = write("other", List.of(new Tensor("lstm.weight_ih_l0", List.of(1), new float[1])));
    String message =
        assertThrows(InputException.class, () -> MemoryOracle.read(other)).getMessage();
    assertEquals(
        other
            + ": holds weights of no memory oracle; give those of a trained one, with a tensor"
            + " encoder.0.weight, or the published ones, with feature_encoder.0.weight or as one"
            + " array",
        message);
    for (Graph graph : List.of(SHIPPED, PUBLISHED)) {
      List<Tensor> some = new ArrayList<>(tensors(graph));
      String missing = some.removeLast().name();
      Path file = write("some", some);
      message = assertThrows(InputException.class, () -> MemoryOracle.read(file)).getMessage();
      assertTrue(message.contains("lacks " + missing), message);
    }
  }

  /** The weights as they were published know steps of eight bytes, forwards and backwards. */
  @Test
  void thePublishedWeightsSeeBytes() {
    Path file =
        Path.of(System.getProperty("axon64.shared")).resolve("seed/memory_oracle_lstm_weights.npy");
    Assumptions.assumeTrue(Files.exists(file), "the published weights are not at " + file);
    MemoryOracle oracle = MemoryOracle.read(file);
    assertEquals(Pattern.SEQUENTIAL, pattern(oracle, 8));
    assertEquals(Pattern.SEQUENTIAL, pattern(oracle, -8));
    assertEquals(Pattern.REPEATING, pattern(oracle, 1));
    assertEquals(Pattern.IRREGULAR, pattern(oracle, 64));
  }

  private static Pattern pattern(MemoryOracle oracle, int step) {
    AccessWindow window = new AccessWindow(0);
    for (int i = 0; i < 20; i++) {
      window.add(0x1000, 0x100000 + (long) step * i, 8, false);
    }
    return oracle.propose(window).pattern();
  }
}
