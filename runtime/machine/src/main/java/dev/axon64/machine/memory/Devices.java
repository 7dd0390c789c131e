package dev.axon64.machine.memory;

/** What answers at physical addresses where there is no memory. */
public interface Devices {
  /** Whether something answers there. */
  boolean answers(long address);

  /**
   * Reads a register.
   *
   * @param address a multiple of {@code size}
   * @param size 1, 2, 4 or 8 bytes
   * @return the value, zero-extended
   */
  long load(long address, int size);

  /**
   * Writes a register.
   *
   * @param address a multiple of {@code size}
   * @param size 1, 2, 4 or 8 bytes
   * @param value zero-extended
   */
  void store(long address, int size, long value);
}
