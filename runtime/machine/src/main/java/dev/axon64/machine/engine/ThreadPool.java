package dev.axon64.machine.engine;

import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Supplier;

/**
 * A pool of an engine that executes one guest: as many machines at once as there are engines to
 * share. What an engine has learnt about code serves the machines that follow.
 */
final class ThreadPool implements GuestPool {
  private final int seats;
  private final LinkedBlockingDeque<Supplier<Engine>> free = new LinkedBlockingDeque<>();

  /**
   * @param kinds makes engines for one host thread
   */
  ThreadPool(int seats, Supplier<Supplier<Engine>> kinds) {
    this.seats = seats;
    for (int i = 0; i < seats; i++) {
      free.add(kinds.get());
    }
  }

  @Override
  public int seats() {
    return seats;
  }

  @Override
  public Seat seat() {
    try {
      Supplier<Engine> engines = free.takeFirst();
      return new Seat() {
        @Override
        public Supplier<Engine> engines() {
          return engines;
        }

        @Override
        public void close() {
          free.addFirst(engines);
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it waited for an engine", e);
    }
  }

  @Override
  public void close() {}
}
