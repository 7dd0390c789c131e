package dev.axon64.machine.engine;

import dev.axon64.machine.memory.Prefetcher;

/**
 * The prefetcher that guesses which pages an engine copies to where it executes, with counts of how
 * well it did. Not thread-safe.
 */
public final class StagedPages {
  private final Prefetcher prefetcher;

  /** How often a guest stopped because a page was absent. */
  public long stops;

  /** The pages copied before a guest stopped for them. */
  public long ahead;

  /** The pages among these that were accessed before they were copied back. */
  public long used;

  /**
   * @param prefetcher a prefetcher whose lines are pages
   */
  public StagedPages(Prefetcher prefetcher) {
    this.prefetcher = prefetcher;
  }

  /** The prefetcher. */
  public Prefetcher prefetcher() {
    return prefetcher;
  }
}
