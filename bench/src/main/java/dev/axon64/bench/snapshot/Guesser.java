package dev.axon64.bench.snapshot;

import dev.axon64.runtime.companion.MemoryOracle;
import dev.axon64.runtime.prefetch.BestOffset;
import dev.axon64.runtime.prefetch.NextLine;
import dev.axon64.runtime.prefetch.OraclePrefetcher;
import dev.axon64.runtime.prefetch.OracleRunAhead;
import dev.axon64.runtime.prefetch.Prefetcher;
import dev.axon64.runtime.prefetch.StrideTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What guesses pages.
 *
 * @param label in tables
 * @param maker makes one that has seen nothing yet; null for on demand only
 */
public record Guesser(String label, Supplier<Prefetcher> maker) {
  private static final int PAGE_SHIFT = 12;
  private static final int DEEP = 16;
  private static final int WARM_UP = 50_000;
  private static final int INFERENCES = 600;

  /** Has it answer until its code is compiled, if it has a network. */
  public void warmUp() {
    if (maker == null) {
      return;
    }
    Prefetcher prefetcher = maker.get();
    Random random = new Random(1);
    for (int i = 0; i < WARM_UP && prefetcher.inferences() < INFERENCES; i++) {
      long page = random.nextInt(1 << 20);
      prefetcher.touch(page % 64 * 4, page << PAGE_SHIFT, Long.BYTES, false);
      prefetcher.access(page % 64 * 4, page, true, ahead -> {});
    }
  }

  /**
   * Nothing, those that need no training, each near and far, the shipped oracle alike, and oracles
   * with other weights.
   *
   * @param weights a {@code .npy} holds the published ones
   */
  public static List<Guesser> all(List<Path> weights) {
    List<Guesser> all = new ArrayList<>();
    all.add(new Guesser("none", null));
    all.add(new Guesser("next page", NextLine::new));
    all.add(new Guesser("stride table", StrideTable::new));
    all.add(new Guesser("best offset", () -> new BestOffset(Long.MAX_VALUE)));
    all.add(new Guesser("next 16 pages", () -> new NextLine(DEEP)));
    all.add(new Guesser("stride table, 16 ahead", () -> new StrideTable(DEEP)));
    String shipped = "memory oracle";
    all.add(
        new Guesser(
            shipped + ", one step",
            () -> new OraclePrefetcher(shipped, MemoryOracle.shipped(), PAGE_SHIFT)));
    all.add(
        new Guesser(
            shipped, () -> new OracleRunAhead(shipped, MemoryOracle.shipped(), PAGE_SHIFT)));
    for (Path file : weights) {
      String name = file.getFileName().toString();
      all.add(
          new Guesser(name, () -> new OracleRunAhead(name, MemoryOracle.read(file), PAGE_SHIFT)));
    }
    return all;
  }
}
