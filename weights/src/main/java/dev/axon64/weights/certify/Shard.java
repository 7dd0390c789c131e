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
    Tally tally() {
      return new Tally(subject.groups().size(), subject.kernels().size(), map.cells());
    }
  }

  /** A {@link Tally} as data; arrays as {@link Runs}; no smallest margin if none is finite. */
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

    static Counts of(Tally tally) {
      return new Counts(
          Runs.encode(tally.groups),
          Runs.encode(tally.cells),
          Runs.encode(tally.margins),
          Float.isFinite(tally.smallestMargin) ? tally.smallestMargin : null,
          tally.smallestMarginWord,
          tally.ties,
          tally.disagreements,
          tally.orderUnsafeByRow,
          tally.orderUnsafe,
          tally.pcUnproven,
          tally.pcChanged);
    }
  }

  static Shard of(Common common, WordRange range, Tally tally) {
    return new Shard(common, range, Counts.of(tally));
  }

  /**
   * The counts to add up.
   *
   * @throws IllegalArgumentException if they do not have the shape that {@link #common} says
   */
  Tally tally() {
    Tally tally = common.tally();
    Runs.decode(counts.groups, tally.groups);
    Runs.decode(counts.cells, tally.cells);
    Runs.decode(counts.margins, tally.margins);
    tally.words = range.size();
    if (counts.smallestMargin != null) {
      tally.smallestMargin = counts.smallestMargin;
    }
    tally.smallestMarginWord = counts.smallestMarginWord;
    tally.ties = counts.ties;
    tally.disagreements = counts.disagreements;
    tally.orderUnsafeByRow = counts.orderUnsafeByRow;
    tally.orderUnsafe = counts.orderUnsafe;
    tally.pcUnproven = counts.pcUnproven;
    tally.pcChanged = counts.pcChanged;
    return tally;
  }
}
