package dev.axon64.system.device;

/** A device, whose registers are accessed by their offset in it. */
public interface Device {
  /**
   * Reads a register.
   *
   * @param offset a multiple of {@code size}
   * @param size 1, 2, 4 or 8 bytes
   * @return the value; bits above the size are ignored
   */
  long load(long offset, int size);

  /**
   * Writes a register.
   *
   * @param offset a multiple of {@code size}
   * @param size 1, 2, 4 or 8 bytes
   * @param value zero-extended
   */
  void store(long offset, int size, long value);
}
