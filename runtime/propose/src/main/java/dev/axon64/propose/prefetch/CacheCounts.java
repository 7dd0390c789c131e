package dev.axon64.propose.prefetch;

/**
 * What a prefetcher was good for.
 *
 * @param accesses loads and stores, by line
 * @param l1Misses accesses whose line was not in the first level, nor on its way there
 * @param l2Misses those of them that went to memory
 * @param issued lines fetched ahead
 * @param useful those of them that were used before they were driven out
 * @param late those of the useful that were wanted before they had arrived
 * @param waited time that the program stood still, in instructions
 */
public record CacheCounts(
    String prefetcher,
    long accesses,
    long l1Misses,
    long l2Misses,
    long issued,
    long useful,
    long late,
    long waited) {
  /** These counts and those of another run of the same prefetcher. */
  public CacheCounts plus(CacheCounts other) {
    return new CacheCounts(
        prefetcher,
        accesses + other.accesses,
        l1Misses + other.l1Misses,
        l2Misses + other.l2Misses,
        issued + other.issued,
        useful + other.useful,
        late + other.late,
        waited + other.waited);
  }

  /** Useful of issued; 0 if there are none. */
  public double accuracy() {
    return (double) useful / Math.max(1, issued);
  }

  /** Misses of the first level that are gone, compared with a run without prefetching. */
  public double coverage(CacheCounts none) {
    return 1 - (double) l1Misses / Math.max(1, none.l1Misses);
  }

  /** Useful ones that came in time, of all useful; 0 if there are none. */
  public double timeliness() {
    return (double) (useful - late) / Math.max(1, useful);
  }
}
