package dev.axon64.propose.prefetch;

import dev.axon64.machine.memory.Prefetcher;
import java.util.function.LongConsumer;

/**
 * Keeps the last line and the step to it for each pc, and follows a step that was seen twice in a
 * row. After Chen and Baer, "Effective hardware-based data prefetching for high-performance
 * processors", 1995.
 */
public final class StrideTable implements Prefetcher {
  private static final int ENTRIES = 256;
  private static final int SURE = 2;
  private static final int SUREST = 3;

  /** How many steps to be ahead by default. */
  private static final int DISTANCE = 4;

  private final long[] pcs = new long[ENTRIES];
  private final long[] last = new long[ENTRIES];
  private final long[] steps = new long[ENTRIES];
  private final int[] sure = new int[ENTRIES];
  private final int distance;

  /** Fetches up to four steps ahead. */
  public StrideTable() {
    this(DISTANCE);
  }

  /** Fetches up to so many steps ahead. */
  public StrideTable(int distance) {
    this.distance = distance;
  }

  @Override
  public String name() {
    return "stride table";
  }

  @Override
  public void access(long pc, long line, boolean useful, LongConsumer fetch) {
    int entry = (int) (pc >>> 2 ^ pc >>> 10) & ENTRIES - 1;
    if (pcs[entry] != pc) {
      pcs[entry] = pc;
      last[entry] = line;
      steps[entry] = 0;
      sure[entry] = 0;
      return;
    }
    long step = line - last[entry];
    last[entry] = line;
    if (step == 0) {
      return;
    }
    if (step == steps[entry]) {
      sure[entry] = Math.min(SUREST, sure[entry] + 1);
    } else if (sure[entry] > 0) {
      sure[entry]--;
    } else {
      steps[entry] = step;
    }
    if (sure[entry] >= SURE) {
      for (int i = 1; i <= distance; i++) {
        fetch.accept(line + i * steps[entry]);
      }
    }
  }
}
