package dev.axon64.system.mmu;

/**
 * How one half of the addresses is translated, as TCR_EL1 has it.
 *
 * @param size the number of address bits that are translated
 * @param granule log2 of the bytes of a page
 * @param tagged whether the top byte is ignored
 * @param disabled whether a walk faults
 */
record AddressHalf(int size, int granule, boolean tagged, boolean disabled) {
  private static final int LEAST = 16;
  private static final int MOST = 39;
  private static final int[] LOWER = {12, 16, 14, 12};
  private static final int[] UPPER = {12, 14, 12, 16};

  /**
   * @param half 0 for the lower one, 1 for the upper one
   */
  static AddressHalf of(long tcr, int half) {
    int shift = 16 * half;
    int unused = Math.clamp(tcr >>> shift & 0x3f, LEAST, MOST);
    int granule = half == 0 ? LOWER[(int) (tcr >>> 14 & 3)] : UPPER[(int) (tcr >>> 30 & 3)];
    return new AddressHalf(
        Long.SIZE - unused, granule, (tcr >>> 37 + half & 1) != 0, (tcr >>> shift + 7 & 1) != 0);
  }

  /** The number of address bits that one table translates. */
  int stride() {
    return granule - 3;
  }

  /** The level of the first table. */
  int firstLevel() {
    return 3 - (size - granule - 1) / stride();
  }

  /** The lowest of the address bits that a table of a level translates. */
  int shift(int level) {
    return granule + stride() * (3 - level);
  }
}
