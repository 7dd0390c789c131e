package dev.axon64.machine.memory;

import java.util.function.LongConsumer;

/** Fetches nothing ahead: the baseline that other prefetchers are measured against. */
public final class NoPrefetch implements Prefetcher {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public void access(long pc, long line, boolean useful, LongConsumer fetch) {}
}
