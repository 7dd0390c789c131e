package dev.axon64.machine.engine;

import dev.axon64.machine.memory.Prefetcher;

/**
 * Who guesses the pages that an engine copies to where it executes, and what came of it. Serves one
 * thread.
 */
public final class StagedPages {
  private final Prefetcher prefetcher;

  /** How often a guest stopped since a page was absent. */
  public long stops;

  /** Pages copied that no guest had stopped for. */
  public long ahead;

  /** Those of them that were accessed before they were copied back. */
  public long used;

  /**
   * @param prefetcher whose lines are pages
   */
  public StagedPages(Prefetcher prefetcher) {
    this.prefetcher = prefetcher;
  }

  /** Who guesses. */
  public Prefetcher prefetcher() {
    return prefetcher;
  }
}
