package dev.axon64.weights.certify;

/**
 * The sweep of a range of words, with all that a certificate needs, so that shards merge without
 * the model at hand.
 *
 * @param common what all shards of one certificate agree on
 * @param range the words swept
 * @param counts what was counted
 */
record Shard(Common common, WordRange range, Counts counts) {
  /**
   * What does not depend on the words swept.
   *
   * @param subject what was swept
   * @param pc the pc proof
   * @param order the order proof
   * @param map the plane of cells
   * @param expected the label of each cell's least word, as {@link Runs}
   */
  record Common(Subject subject, PcProof pc, OrderProof order, EncodingMap map, String expected) {
    /** Counts of nothing yet. */
    SweepCounts nothing() {
      return new SweepCounts(subject.groups().size(), subject.kernels().size(), map.cells());
    }
  }

  /**
   * A {@link SweepCounts} as data; arrays as {@link Runs}; no smallest margin if none is finite.
   */
  record Counts(
      String groups,
      String cells,
      String margins,
      Float smallestMargin,
      long smallestMarginWord,
      long ties,
      long disagreements,
      long orderUnsafeByRow,
      long orderUnsafe,
      long pcUnproven,
      long pcChanged) {

    static Counts of(SweepCounts sums) {
      return new Counts(
          Runs.encode(sums.groups),
          Runs.encode(sums.cells),
          Runs.encode(sums.margins),
          Float.isFinite(sums.smallestMargin) ? sums.smallestMargin : null,
          sums.smallestMarginWord,
          sums.ties,
          sums.disagreements,
          sums.orderUnsafeByRow,
          sums.orderUnsafe,
          sums.pcUnproven,
          sums.pcChanged);
    }
  }

  static Shard of(Common common, WordRange range, SweepCounts sums) {
    return new Shard(common, range, Counts.of(sums));
  }

  /**
   * What was counted, to be added up.
   *
   * @throws IllegalArgumentException if they do not have the shape that {@link #common} says
   */
  SweepCounts sums() {
    SweepCounts sums = common.nothing();
    Runs.decode(counts.groups, sums.groups);
    Runs.decode(counts.cells, sums.cells);
    Runs.decode(counts.margins, sums.margins);
    sums.words = range.size();
    if (counts.smallestMargin != null) {
      sums.smallestMargin = counts.smallestMargin;
    }
    sums.smallestMarginWord = counts.smallestMarginWord;
    sums.ties = counts.ties;
    sums.disagreements = counts.disagreements;
    sums.orderUnsafeByRow = counts.orderUnsafeByRow;
    sums.orderUnsafe = counts.orderUnsafe;
    sums.pcUnproven = counts.pcUnproven;
    sums.pcChanged = counts.pcChanged;
    return sums;
  }
}
