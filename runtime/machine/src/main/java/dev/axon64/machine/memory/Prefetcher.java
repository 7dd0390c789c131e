package dev.axon64.machine.memory;

import java.util.function.LongConsumer;

/**
 * Guesses which lines a program will need soon. What is said of lines here holds as well for pages,
 * or whatever memory is cut into where it is used.
 */
public interface Prefetcher {
  /** In tables. */
  String name();

  /** How often a network was run. */
  default long inferences() {
    return 0;
  }

  /**
   * A load or store, before {@link #access} if it goes to another line.
   *
   * @param pc of the load or store
   * @param address its first byte in the line
   * @param size its bytes
   * @param write whether it is a store
   */
  default void touch(long pc, long address, int size, boolean write) {}

  /**
   * The program goes to another line.
   *
   * @param pc of the load or store
   * @param line the address by the size of a line
   * @param useful whether the line was missing, or was there only because it had been fetched ahead
   * @param fetch takes the lines to fetch
   */
  void access(long pc, long line, boolean useful, LongConsumer fetch);
}
