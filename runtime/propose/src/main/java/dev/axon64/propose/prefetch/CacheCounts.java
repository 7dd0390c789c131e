package dev.axon64.propose.prefetch;

/**
 * The effects of a prefetcher on a run.
 *
 * @param prefetcher its name
 * @param accesses loads and stores; one that crosses lines counts for each line
 * @param l1Misses accesses whose line was neither in the first level nor on its way there
 * @param l2Misses those of them whose line came from memory
 * @param issued lines that were prefetched
 * @param useful prefetched lines that were used before they were evicted
 * @param late useful lines that were needed before they had arrived
 * @param waited the time that the program waited, in instructions
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
  /** The sum of these counts and those of another run of the same prefetcher. */
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

  /** The share of issued lines that were useful; 0 if none was issued. */
  public double accuracy() {
    return (double) useful / Math.max(1, issued);
  }

  /** The share of first-level misses that are saved, compared with a run without prefetching. */
  public double coverage(CacheCounts none) {
    return 1 - (double) l1Misses / Math.max(1, none.l1Misses);
  }

  /** The share of useful lines that came in time; 0 if none was useful. */
  public double timeliness() {
    return (double) (useful - late) / Math.max(1, useful);
  }
}
