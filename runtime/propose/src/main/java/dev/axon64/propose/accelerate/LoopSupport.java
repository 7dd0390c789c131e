package dev.axon64.propose.accelerate;

import dev.axon64.machine.memory.AddressSpace;

/** Methods that compiled loops call. */
final class LoopSupport {
  private LoopSupport() {}

  /** Loads 1, 2, 4 or 8 bytes, zeros on top. */
  static long load(AddressSpace memory, long a, int bytes) {
    return switch (bytes) {
      case 1 -> memory.load8(a);
      case 2 -> memory.load16(a);
      case 4 -> memory.load32(a);
      default -> memory.load64(a);
    };
  }

  /**
   * Tells for how long an access stays in its page.
   *
   * @param a its address at the iteration {@code index}
   * @param step by how much its address grows in each iteration
   * @return the first iteration in which it leaves the page, at most {@code limit}
   */
  static int window(long a, int step, int bytes, int index, int limit) {
    int at = (int) a & AddressSpace.PAGE - 1;
    int room = AddressSpace.PAGE - bytes - at;
    if (room < 0) {
      return index;
    }
    int more = step > 0 ? room / step : step < 0 ? at / -step : limit;
    return Math.min(limit, index + more + 1);
  }
}
