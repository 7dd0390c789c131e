package dev.axon64.machine.memory;

/** Told of loads and stores before they are made, also of those that will fault. */
public interface AccessListener {
  /** A load of {@code size} bytes. */
  void read(long address, int size);

  /** A store of the low {@code size} bytes of a value, zero-extended. */
  void write(long address, int size, long value);
}
