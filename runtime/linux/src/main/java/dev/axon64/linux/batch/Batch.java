package dev.axon64.linux.batch;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.GuestPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Runs many machines, each on a thread of its own.
 *
 * <pre>{@code
 * try (GuestPool pool = EngineKinds.named("lanes").pool(network, Policy.PAGE)) {
 *   Batch.run(inputs, (input, engines) -> machine(input, engines), pool, done -> {});
 * }
 * }</pre>
 */
public final class Batch {
  private Batch() {}

  /** Says what one input is run by. */
  @FunctionalInterface
  public interface Work<T> {
    /** Builds the machine of an input, runs it and keeps what came of it. */
    void run(T input, Supplier<Engine> engines);
  }

  /**
   * Works on all inputs, in their order but several at a time.
   *
   * @param done is told after each input how many are done, by any thread
   * @throws RuntimeException the first that any of them threw; the others then end early
   */
  public static <T> void run(List<T> inputs, Work<T> work, GuestPool pool, IntConsumer done) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    Runnable worker =
        () -> {
          try {
            int at;
            while (failure.get() == null && (at = next.getAndIncrement()) < inputs.size()) {
              try (GuestPool.Seat seat = pool.seat()) {
                work.run(inputs.get(at), seat.engines());
              }
              done.accept(finished.incrementAndGet());
            }
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          }
        };
    for (int i = 0; i < Math.min(pool.seats(), inputs.size()); i++) {
      threads.add(Thread.ofPlatform().daemon().name("guest-" + i).start(worker));
    }
    join(threads);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Waits for all; an interrupt is passed on to them, and ends their guests. */
  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
