package dev.axon64.machine.engine;

import java.util.function.Supplier;

/**
 * Executes many machines' guests at once. Each machine runs on a thread of its own, takes a {@link
 * Seat} before it starts and leaves it at its end.
 */
public interface GuestPool extends AutoCloseable {
  /** How many machines it is best to run at the same time. */
  int seats();

  /** Waits for a seat. */
  Seat seat();

  /** Gives everything back; nobody may have a seat any more. */
  @Override
  void close();

  /** The place of one machine. Used by the thread that took it. */
  interface Seat extends AutoCloseable {
    /** The engines of the machine: one for each of its address spaces. */
    Supplier<Engine> engines();

    @Override
    void close();
  }
}
