package dev.axon64.linux.snapshot;

/**
 * How a restored guest's pages have come.
 *
 * @param prefetcher what guessed; "none" if nothing did
 * @param pages in the snapshot
 * @param onDemand arrivals that the guest waited for altogether
 * @param used pages that had been fetched ahead when the guest first used them
 * @param fetched pages fetched ahead
 * @param late those of them that came when the guest had just read them itself
 * @param stalled nanoseconds that the guest stood still for arrivals of either kind
 * @param guessing nanoseconds spent on guesses, beside the guest
 * @param fetching nanoseconds spent on fetching ahead, beside the guest
 * @param inferences how often a network was run for that
 * @param missed arrivals that the guesses were not told of, since they lagged behind
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
  /** Pages that were fetched ahead for nothing, so far. */
  public long unused() {
    return fetched - used;
  }

  /** Used of fetched; 0 if none was fetched. */
  public double usedShare() {
    return fetched == 0 ? 0 : (double) used / fetched;
  }
}
