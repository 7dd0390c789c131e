package dev.axon64.propose.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.memory.NoPrefetch;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.MemoryOracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

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

  @Test
  void thePublishedWeightsAreReadWithTheirOwnMeaning() {
    Path file =
        Path.of(System.getProperty("axon64.shared", "../../shared"))
            .resolve("seed/memory_oracle_lstm_weights.npy");
    Assumptions.assumeTrue(Files.exists(file), "the published weights are not at " + file);
    CacheCounts counts =
        run(new OraclePrefetcher("published", MemoryOracle.read(file)), i -> 2 * i);
    assertEquals(ACCESSES, counts.accesses());
  }
}
