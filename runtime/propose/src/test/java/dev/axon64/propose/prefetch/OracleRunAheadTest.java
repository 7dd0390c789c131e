package dev.axon64.propose.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.propose.companion.MemoryOracle;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The oracle, many pages ahead of a program that uses each page once. */
class OracleRunAheadTest {
  private final OracleRunAhead oracle = new OracleRunAhead("oracle", MemoryOracle.shipped(), 12);

  /** When each page was fetched, in uses of pages. */
  private final Map<Long, Integer> fetched = new HashMap<>();

  private int covered;
  private int lead;
  private int uses;

  private void run(LongStream pages) {
    pages.forEach(
        page -> {
          Integer when = fetched.get(page);
          if (when != null) {
            covered++;
            lead = uses - when;
          }
          oracle.touch(0x1000, page << 12, 8, false);
          oracle.access(0x1000, page, true, ahead -> fetched.putIfAbsent(ahead, uses));
          uses++;
        });
  }

  @Test
  void whatIsReadInOrderIsFetchedFarAhead() {
    run(LongStream.range(1000, 2000));
    assertTrue(covered > 900, "covered " + covered);
    assertTrue(lead > 50, "ahead " + lead);
    assertTrue(fetched.size() < 1100, "fetched " + fetched.size());
    assertTrue(oracle.inferences() < 100, oracle.inferences() + " inferences");
  }

  @Test
  void columnsOfATableAreFollowed() {
    run(LongStream.range(0, 2048).map(i -> 5000 + (i / 256) * 256 + (i % 64) * 4 + (i % 256) / 64));
    assertTrue(covered > 1500, "covered " + covered);
    assertTrue(fetched.size() < 2600, "fetched " + fetched.size());
  }

  @Test
  void aPatternIsRepeated() {
    run(LongStream.range(0, 1000).map(i -> 7000 + i / 2 * 3 + i % 2 * 2));
    assertTrue(covered > 900, "covered " + covered);
    assertTrue(fetched.size() < 1300, "fetched " + fetched.size());
  }

  /** Where pages come in any order the oracle is seldom asked, and little is fetched. */
  @Test
  void randomPagesAreLeftAlone() {
    run(new Random(12).longs(2000, 0, 1 << 20));
    assertTrue(fetched.size() < 400, "fetched " + fetched.size());
    assertTrue(oracle.inferences() < 100, oracle.inferences() + " inferences");
  }

  @Test
  void whatIsOnlyLearntFromFetchesNothing() {
    for (long page = 0; page < 100; page++) {
      oracle.touch(0x1000, page << 12, 8, false);
      oracle.access(0x1000, page, false, ahead -> fetched.put(ahead, 0));
    }
    assertEquals(Map.of(), fetched);
    assertEquals(0, oracle.inferences());
    run(LongStream.range(100, 200));
    assertTrue(covered > 90, "covered " + covered);
  }
}
