package dev.axon64.propose.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.memory.NoPrefetch;
import dev.axon64.machine.memory.Prefetcher;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class HierarchyTest {
  private static final long PC = 0x1000;
  private static final int ACCESSES = 20_000;

  /** Accesses at addresses by number, {@code apart} instructions between two. */
  private static CacheCounts run(Prefetcher prefetcher, int apart, LongUnaryOperator address) {
    Hierarchy hierarchy = new Hierarchy(prefetcher);
    for (int i = 0; i < ACCESSES; i++) {
      for (int step = 0; step < apart; step++) {
        hierarchy.step();
      }
      hierarchy.access(PC, address.applyAsLong(i), 8, false);
    }
    return hierarchy.counts();
  }

  /** Without prefetching the first level misses what a plain map with its size would. */
  @Test
  void theFirstLevelMissesAsEightMapsInOrderOfUse() {
    Random random = new Random(64);
    long[] lines = random.longs(ACCESSES, 0, 1200).toArray();
    int sets = (32 << 10) / 64 / 8;
    int misses = 0;
    @SuppressWarnings({"unchecked", "rawtypes"})
    LinkedHashMap<Long, Boolean>[] model = new LinkedHashMap[sets];
    for (long line : lines) {
      int set = (int) (line % sets);
      if (model[set] == null) {
        model[set] = new LinkedHashMap<>(16, 1, true);
      }
      if (model[set].get(line) == null) {
        misses++;
        model[set].put(line, true);
        if (model[set].size() > 8) {
          model[set].remove(model[set].keySet().iterator().next());
        }
      }
    }
    CacheCounts counts = run(new NoPrefetch(), 1, i -> lines[(int) i] * 64);
    assertEquals(misses, counts.l1Misses());
    assertEquals(ACCESSES, counts.accesses());
    assertEquals(1200, counts.l2Misses(), "the second level holds them all");
    assertEquals(
        counts.l2Misses() * Hierarchy.FAR
            + (counts.l1Misses() - counts.l2Misses()) * Hierarchy.NEAR,
        counts.waited());
  }

  @Test
  void anAccessOverTheEndOfALineTouchesTwo() {
    CacheCounts counts = run(new NoPrefetch(), 1, i -> 60);
    assertEquals(2, counts.l1Misses());
    assertEquals(2L * ACCESSES, counts.accesses());
  }

  @Test
  void eachPrefetcherCoversItsOwnPattern() {
    LongUnaryOperator forward = i -> i * 64;
    LongUnaryOperator stride = i -> i * 64 * 5;
    CacheCounts none = run(new NoPrefetch(), 400, forward);
    assertEquals(ACCESSES, none.l1Misses());
    CacheCounts next = run(new NextLine(), 400, forward);
    assertTrue(next.coverage(none) > 0.99, next::toString);
    assertTrue(next.accuracy() > 0.99 && next.timeliness() > 0.99, next::toString);
    assertEquals(0, run(new NextLine(), 400, stride).useful(), "never the line behind");
    CacheCounts table = run(new StrideTable(), 400, stride);
    assertTrue(table.coverage(none) > 0.99, table::toString);
    CacheCounts best = run(new BestOffset(), 400, stride);
    // It does not cross pages of 64 lines, in which there are 12 or 13 of every fifth line.
    assertTrue(best.coverage(none) > 0.8 && best.coverage(none) < 0.95, best::toString);
    assertTrue(best.accuracy() > 0.9, best::toString);
  }

  @Test
  void aLineThatIsWantedAtOnceComesLate() {
    CacheCounts none = run(new NoPrefetch(), 10, i -> i * 64);
    CacheCounts next = run(new NextLine(), 10, i -> i * 64);
    assertEquals(0, next.timeliness());
    assertTrue(next.waited() < none.waited(), "what is on its way is waited for less");
  }

  @Test
  void randomLinesCannotBeForeseen() {
    Random random = new Random(7);
    long[] lines = random.longs(ACCESSES, 0, 1L << 30).toArray();
    CacheCounts table = run(new StrideTable(), 1, i -> lines[(int) i] * 64);
    assertTrue(table.issued() < ACCESSES / 100, table::toString);
    // Fetches the next line until it has tried all offsets a hundred times, and nothing then.
    CacheCounts best = run(new BestOffset(), 1, i -> lines[(int) i] * 64);
    assertTrue(best.issued() < ACCESSES / 3, best::toString);
  }
}
