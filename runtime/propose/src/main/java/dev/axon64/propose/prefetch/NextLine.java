package dev.axon64.propose.prefetch;

import dev.axon64.machine.memory.Prefetcher;
import java.util.function.LongConsumer;

/** Fetches the next line, or several, after each line that was missing. */
public final class NextLine implements Prefetcher {
  private final int count;

  /** Fetches one line. */
  public NextLine() {
    this(1);
  }

  /** Fetches so many lines. */
  public NextLine(int count) {
    this.count = count;
  }

  @Override
  public String name() {
    return "next line";
  }

  @Override
  public void access(long pc, long line, boolean useful, LongConsumer fetch) {
    if (useful) {
      for (int i = 1; i <= count; i++) {
        fetch.accept(line + i);
      }
    }
  }
}
