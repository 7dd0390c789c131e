package dev.axon64.machine.memory;

/**
 * What answers loads and stores of a range of addresses instead of memory. Accesses of the guest
 * come as they are made, in program order; one of 128 bits comes as two, and one that crosses the
 * border of two pages byte by byte.
 */
public interface Device {
  /**
   * Answers a load.
   *
   * @param offset from the start of the range
   * @param size 1, 2, 4 or 8 bytes
   * @return the value; only its low bytes are used
   */
  long load(long offset, int size);

  /**
   * Takes a store.
   *
   * @param offset from the start of the range
   * @param size 1, 2, 4 or 8 bytes
   * @param value zero-extended
   */
  void store(long offset, int size, long value);
}
