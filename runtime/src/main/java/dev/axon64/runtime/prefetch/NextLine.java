package dev.axon64.runtime.prefetch;

import java.util.function.LongConsumer;

/** The line behind each one that was missing. */
public final class NextLine implements Prefetcher {
  @Override
  public String name() {
    return "next line";
  }

  @Override
  public void access(long pc, long line, boolean useful, LongConsumer fetch) {
    if (useful) {
      fetch.accept(line + 1);
    }
  }
}
