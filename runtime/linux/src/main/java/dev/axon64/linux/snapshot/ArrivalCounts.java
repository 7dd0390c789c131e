package dev.axon64.linux.snapshot;

/**
 * How the pages of a restored guest have come.
 *
 * @param prefetcher name of the prefetcher; "none" if there was none
 * @param pages how many pages the snapshot has
 * @param onDemand pages that were read when the guest used them
 * @param used pages that had been fetched ahead when the guest first used them
 * @param fetched pages that were fetched ahead
 * @param late pages that were fetched ahead but that the guest read itself in the meantime
 * @param stalled nanoseconds that the guest waited for pages of either kind
 * @param guessing nanoseconds that another thread spent on guesses
 * @param fetching nanoseconds that another thread spent on fetching ahead
 * @param inferences how often a network was run for guesses
 * @param missed first uses of pages that the prefetcher was not told of, because it lagged behind
 * @param off why fetching ahead was switched off; empty if it was not
 */
public record ArrivalCounts(
    String prefetcher,
    int pages,
    long onDemand,
    long used,
    long fetched,
    long late,
    long stalled,
    long guessing,
    long fetching,
    long inferences,
    long missed,
    String off) {
  /** Pages that were fetched ahead and that the guest has not used. */
  public long unused() {
    return fetched - used;
  }

  /** The share of fetched pages that were used; 0 if none was fetched. */
  public double usedShare() {
    return fetched == 0 ? 0 : (double) used / fetched;
  }
}
