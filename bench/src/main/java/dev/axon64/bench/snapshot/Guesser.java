package dev.axon64.bench.snapshot;

import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.companion.AccessWindow;
import dev.axon64.propose.companion.MemoryOracle;
import dev.axon64.propose.prefetch.BestOffset;
import dev.axon64.propose.prefetch.NextLine;
import dev.axon64.propose.prefetch.OraclePrefetcher;
import dev.axon64.propose.prefetch.OracleRunAhead;
import dev.axon64.propose.prefetch.StrideTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What guesses pages.
 *
 * @param label in tables
 * @param maker makes one that has seen nothing yet; empty if pages come on demand only. Of those
 *     with a network only the last one made may be used
 */
public record Guesser(String label, Optional<Supplier<Prefetcher>> maker) {
  private static final int PAGE_SHIFT = 12;
  private static final int DEEP = 16;

  /** More than a network answers before it changes over to vectors, and those are compiled. */
  private static final int WARM_UP = 1500;

  /**
   * Nothing, those that need no training, near and far, the shipped oracle, near and far too, and
   * oracles with other weights. The networks have answered before.
   *
   * @param weights a {@code .npy} holds the published ones
   */
  public static List<Guesser> all(List<Path> weights) {
    List<Guesser> all = new ArrayList<>();
    all.add(none());
    all.add(by("next page", NextLine::new));
    all.add(by("stride table", StrideTable::new));
    all.add(by("best offset", () -> new BestOffset(Long.MAX_VALUE)));
    all.add(by("next 16 pages", () -> new NextLine(DEEP)));
    all.add(by("stride table, 16 ahead", () -> new StrideTable(DEEP)));
    MemoryOracle shipped = warm(MemoryOracle.shipped());
    all.add(
        by(
            "memory oracle, one step",
            () -> new OraclePrefetcher("memory oracle", forgetful(shipped), PAGE_SHIFT)));
    all.add(runAhead("memory oracle", shipped));
    for (Path file : weights) {
      all.add(runAhead(file.getFileName().toString(), warm(MemoryOracle.read(file))));
    }
    return all;
  }

  /** Nothing that guesses. */
  static Guesser none() {
    return new Guesser("none", Optional.empty());
  }

  /** A guesser that is made anew for each run. */
  static Guesser by(String label, Supplier<Prefetcher> maker) {
    return new Guesser(label, Optional.of(maker));
  }

  private static Guesser runAhead(String name, MemoryOracle oracle) {
    return by(name, () -> new OracleRunAhead(name, forgetful(oracle), PAGE_SHIFT));
  }

  private static MemoryOracle forgetful(MemoryOracle oracle) {
    oracle.forget();
    return oracle;
  }

  /** Has it answer until its code is compiled. */
  private static MemoryOracle warm(MemoryOracle oracle) {
    AccessWindow window = new AccessWindow(PAGE_SHIFT);
    Random random = new Random(1);
    while (oracle.computed() < WARM_UP) {
      long page = random.nextInt(1 << 20);
      window.add(page % 64 * 4, page << PAGE_SHIFT, Long.BYTES, random.nextBoolean());
      if (window.events() > 0) {
        oracle.propose(window);
      }
    }
    return oracle;
  }
}
