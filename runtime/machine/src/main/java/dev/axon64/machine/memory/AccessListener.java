package dev.axon64.machine.memory;

/** Is told of loads and stores, including those that will fault. */
public interface AccessListener {
  /** The guest is about to load {@code size} bytes. */
  void read(long address, int size);

  /** The guest has loaded {@code size} bytes; {@code value} has them zero-extended. */
  default void loaded(long address, int size, long value) {}

  /** The guest is about to store {@code size} bytes; {@code value} has them zero-extended. */
  void write(long address, int size, long value);

  /**
   * Whether it must be told of accesses that begin or end in a page. Those to other pages are as
   * fast as without a listener, and it may be told of them or not.
   *
   * @param page the address of the page's first byte, without the ignored top byte
   */
  default boolean watches(long page) {
    return true;
  }
}
