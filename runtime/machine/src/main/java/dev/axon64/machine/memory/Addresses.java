package dev.axon64.machine.memory;

/**
 * How the addresses of a space are read: the low 12 bits lie within a page, and so many bits may be
 * used. Up to {@value #TAGGED} bits the top byte is ignored, as Linux has it for user programs;
 * with more of them all bits count, and what comes behind the last address is the first one.
 */
final class Addresses {
  /** The bits of Linux's user programs. */
  static final int USER = 48;

  /** The most bits with which a tag is ignored: bit 55 says what branches put in its place. */
  private static final int TAGGED = 55;

  private static final int TAG_SHIFT = 56;

  /** The number of bits. */
  final int bits;

  /** The last address. */
  final long last;

  /** The bits that are not ignored. */
  private final long heeded;

  /**
   * @param bits 32 to 64
   */
  Addresses(int bits) {
    if (bits < Integer.SIZE || bits > Long.SIZE) {
      throw new IllegalArgumentException("addresses of " + bits + " bits: takes 32 to 64");
    }
    this.bits = bits;
    last = -1L >>> Long.SIZE - bits;
    heeded = bits > TAGGED ? -1 : (1L << TAG_SHIFT) - 1;
  }

  /** The address without the byte that is ignored. */
  long untagged(long a) {
    return a & heeded;
  }

  /** Whether there is something in the byte that is ignored. */
  boolean isTagged(long a) {
    return (a & ~heeded) != 0;
  }

  /** Whether an untagged address is in the space. */
  boolean contains(long address) {
    return Long.compareUnsigned(address, last) <= 0;
  }

  /** The first byte of the page of an address, untagged. */
  long page(long a) {
    return a & heeded & -Page.SIZE;
  }

  /** The number of the page of an address, untagged. */
  long number(long a) {
    return (a & heeded) >>> Page.SHIFT;
  }

  /** Whether an access of 1 to 4096 bytes crosses into the next page. */
  static boolean crosses(long a, int size) {
    return (a ^ a + size - 1) >>> Page.SHIFT != 0;
  }

  /** The first byte of the last page that an access touches. */
  static long lastPage(long a, int size) {
    return a + size - 1 & -Page.SIZE;
  }

  /** Whether it is a range of whole pages within the space. */
  boolean isRange(long start, long size) {
    return ((start | size) & Page.SIZE - 1) == 0
        && size > 0
        && contains(start)
        && Long.compareUnsigned(size - 1, last - start) <= 0;
  }

  /** Refuses what is not a range of whole pages within the space. */
  void checkRange(long start, long size) {
    if (!isRange(start, size)) {
      throw new IllegalArgumentException(
          "no range of pages: 0x" + Long.toHexString(start) + " + 0x" + Long.toHexString(size));
    }
  }
}
