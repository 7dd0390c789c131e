package dev.axon64.machine.memory;

/** How addresses are read: the top byte is ignored, the low 12 bits lie within a page. */
final class Addresses {
  private static final int TAG_SHIFT = 56;
  private static final long UNTAGGED = (1L << TAG_SHIFT) - 1;

  private Addresses() {}

  /** The address without its top byte, which Linux ignores for user programs. */
  static long untagged(long a) {
    return a & UNTAGGED;
  }

  /** Whether the top byte is used. */
  static boolean isTagged(long a) {
    return a >>> TAG_SHIFT != 0;
  }

  /** The first byte of the page of an address, without the top byte. */
  static long page(long a) {
    return a & UNTAGGED & -Page.SIZE;
  }

  /** The number of the page of an address, without the top byte. */
  static long number(long a) {
    return (a & UNTAGGED) >>> Page.SHIFT;
  }

  /** Whether an access of 1 to 4096 bytes crosses into the next page. */
  static boolean crosses(long a, int size) {
    return (a ^ a + size - 1) >>> Page.SHIFT != 0;
  }

  /** The first byte of the last page that an access touches. */
  static long lastPage(long a, int size) {
    return a + size - 1 & -Page.SIZE;
  }

  /** Refuses what is not a range of whole pages within the space. */
  static void checkRange(long start, long size) {
    if (((start | size) & Page.SIZE - 1) != 0
        || size <= 0
        || start < 0
        || size > AddressSpace.END
        || start > AddressSpace.END - size) {
      throw new IllegalArgumentException(
          "no range of pages: 0x" + Long.toHexString(start) + " + 0x" + Long.toHexString(size));
    }
  }
}
