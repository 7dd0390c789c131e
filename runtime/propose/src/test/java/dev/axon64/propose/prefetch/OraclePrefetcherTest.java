package dev.axon64.propose.prefetch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.machine.memory.NoPrefetch;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.MemoryOracle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OraclePrefetcherTest {
  private static final int ACCESSES = 4000;

  private static CacheCounts run(Prefetcher prefetcher, LongUnaryOperator line) {
    Hierarchy hierarchy = new Hierarchy(prefetcher);
    for (int i = 0; i < ACCESSES; i++) {
      hierarchy.step();
      hierarchy.access(0x1000, line.applyAsLong(i) * LineCache.LINE, 8, false);
    }
    return hierarchy.counts();
  }

  private static OraclePrefetcher shipped() {
    return new OraclePrefetcher("oracle", MemoryOracle.shipped());
  }

  @Test
  void whatIsReadInOrderIsFetchedAhead() {
    CacheCounts none = run(new NoPrefetch(), i -> i);
    CacheCounts oracle = run(shipped(), i -> i);
    assertTrue(oracle.coverage(none) > 0.9, "coverage " + oracle.coverage(none));
    assertTrue(oracle.accuracy() > 0.9, "accuracy " + oracle.accuracy());
  }

  /** Steady windows look alike: the network is run for few of them. */
  @Test
  void answersAreRemembered() {
    OraclePrefetcher oracle = shipped();
    CacheCounts counts = run(oracle, i -> 3 * i);
    assertTrue(counts.useful() > ACCESSES / 2);
    assertTrue(oracle.inferences() < ACCESSES / 10, oracle.inferences() + " inferences");
  }

  /** Where nothing can be foreseen, little is fetched in vain and the network is seldom asked. */
  @Test
  void randomAccessesAreLeftAlone() {
    Random random = new Random(64);
    long[] lines = random.longs(ACCESSES, 0, 1 << 24).toArray();
    OraclePrefetcher oracle = shipped();
    CacheCounts counts = run(oracle, i -> lines[(int) i]);
    assertTrue(counts.issued() < ACCESSES / 4, counts.issued() + " fetched");
    assertTrue(oracle.inferences() < ACCESSES / 2, oracle.inferences() + " inferences");
  }

  /**
   * Weights of the published network that say, whatever they see, that the next access is two and a
   * half lines ahead; taken for the shipped network's they would say the next line.
   */
  @Test
  void thePublishedWeightsAreFollowedByTheirOwnMeaning(@TempDir Path folder) {
    Path file = folder.resolve("published.safetensors");
    TensorFiles.writeSafetensors(file, twoLinesAhead(), new TreeMap<>());
    CacheCounts none = run(new NoPrefetch(), i -> 2 * i);
    CacheCounts counts =
        run(new OraclePrefetcher("published", MemoryOracle.read(file)), i -> 2 * i);
    assertTrue(counts.coverage(none) > 0.9, "coverage " + counts.coverage(none));
    assertTrue(counts.accuracy() > 0.9, "accuracy " + counts.accuracy());
  }

  private static List<Tensor> twoLinesAhead() {
    Graph graph = MemoryOracle.publishedGraph();
    List<Tensor> tensors = new ArrayList<>();
    for (Parameter parameter : graph.parameters()) {
      float[] values = new float[parameter.size()];
      switch (parameter.name()) {
        case "delta_head.3.bias" -> values[0] = (float) (Math.log1p(2.5 * LineCache.LINE) / 20);
        case "confidence_head.2.bias" -> {
          Arrays.fill(values, -9);
          values[0] = 9;
        }
        default -> {} // all else is 0: the inputs say nothing
      }
      tensors.add(new Tensor(parameter.name(), parameter.shape(), values));
    }
    return tensors;
  }
}
