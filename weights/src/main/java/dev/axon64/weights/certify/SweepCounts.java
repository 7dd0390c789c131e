package dev.axon64.weights.certify;

/**
 * What a sweep counts: sums and minima, so that the order of merging is free. Use one per thread.
 *
 * <p>Margins are counted in bins of their float32 pattern's upper bits: sign, exponent and the two
 * highest bits of the fraction, so four bins per octave.
 */
final class SweepCounts {
  static final int BIN_SHIFT = 21;
  static final int BINS = 1 << 31 - BIN_SHIFT;

  final int kernels;

  /** Words by encoding group and kernel chosen, at {@code group * kernels + kernel}. */
  final long[] groups;

  /** Words by cell of the map and kernel chosen, at {@code cell * kernels + kernel}. */
  final long[] cells;

  /** Words by margin. */
  final long[] margins = new long[BINS];

  long words;
  float smallestMargin = Float.POSITIVE_INFINITY;

  /** The least word with that margin, or -1. */
  long smallestMarginWord = -1;

  long ties;

  /** Words for which two ways into the generated code answer differently. */
  long disagreements;

  /** Words that another order might decide differently, by the bound of their row. */
  long orderUnsafeByRow;

  /** Those of them that it might decide differently by a bound for the word itself. */
  long orderUnsafe;

  /** Words that the interval proof leaves open. */
  long pcUnproven;

  /** Words seen to change at one of the probing pcs. */
  long pcChanged;

  SweepCounts(int groups, int kernels, int cells) {
    this.kernels = kernels;
    this.groups = new long[groups * kernels];
    this.cells = new long[cells * kernels];
  }

  /** Lowest margin of a bin. */
  static float binStart(int bin) {
    return Float.intBitsToFloat(bin << BIN_SHIFT);
  }

  void add(SweepCounts other) {
    sum(groups, other.groups);
    sum(cells, other.cells);
    sum(margins, other.margins);
    words += other.words;
    ties += other.ties;
    disagreements += other.disagreements;
    orderUnsafeByRow += other.orderUnsafeByRow;
    orderUnsafe += other.orderUnsafe;
    pcUnproven += other.pcUnproven;
    pcChanged += other.pcChanged;
    if (other.smallestMarginWord >= 0) {
      margin(other.smallestMargin, other.smallestMarginWord);
    }
  }

  /** Notes a margin that a word has. */
  void margin(float margin, long word) {
    boolean first = smallestMarginWord < 0;
    if (first || margin < smallestMargin || margin == smallestMargin && word < smallestMarginWord) {
      smallestMargin = margin;
      smallestMarginWord = word;
    }
  }

  private static void sum(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
