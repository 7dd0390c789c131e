package dev.axon64.machine.memory;

/** Is told of loads and stores before they are made, including those that will fault. */
public interface AccessListener {
  /** The guest loads {@code size} bytes. */
  void read(long address, int size);

  /** The guest stores {@code size} bytes; {@code value} has them zero-extended. */
  void write(long address, int size, long value);
}
