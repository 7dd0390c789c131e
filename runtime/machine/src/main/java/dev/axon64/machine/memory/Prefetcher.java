package dev.axon64.machine.memory;

import java.util.function.LongConsumer;

/**
 * Guesses which lines a program will need soon. Lines may be those of a cache, or pages, or any
 * other units of memory.
 */
public interface Prefetcher {
  /** Its name in tables. */
  String name();

  /** How many times a network was run. */
  default long inferences() {
    return 0;
  }

  /**
   * Is told of a load or store, before {@link #access} if it goes to another line.
   *
   * @param pc the address of the instruction
   * @param address of its first byte in the line
   * @param size its bytes
   * @param write whether it is a store
   */
  default void touch(long pc, long address, int size, boolean write) {}

  /**
   * Is told that the program goes to another line.
   *
   * @param pc the address of the load or store
   * @param line the address, divided by the size of a line
   * @param useful whether the line was missing, or was there only because it had been fetched ahead
   * @param fetch takes the lines to fetch
   */
  void access(long pc, long line, boolean useful, LongConsumer fetch);
}
