package dev.axon64.system.device;

/** The identification registers at the end of each of Arm's PrimeCell devices. */
final class PrimeCell {
  private static final long FIRST = 0xfe0;
  private static final int[] CELL = {0x0d, 0xf0, 0x05, 0xb1};

  private PrimeCell() {}

  /**
   * Reads one.
   *
   * @param part the device's part number, of 12 bits
   * @param revision of the part
   * @return 0 where there is none
   */
  static long load(long offset, int part, int revision) {
    int index = (int) (offset - FIRST >> 2);
    if (offset < FIRST || index > 7) {
      return 0;
    }
    return switch (index) {
      case 0 -> part & 0xff;
      case 1 -> 0x10 | part >> 8;
      case 2 -> revision << 4 | 0x04;
      case 3 -> 0;
      default -> CELL[index - 4];
    };
  }
}
