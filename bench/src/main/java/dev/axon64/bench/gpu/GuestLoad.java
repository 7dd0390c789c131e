package dev.axon64.bench.gpu;

import dev.axon64.bench.emulate.Workload;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Guests that all go on by the same number of instructions at once.
 *
 * @param guests how many
 * @param alike whether all do the same; if not, each has a seed of its own
 */
public record GuestLoad(int guests, boolean alike) {
  private static final Workload PROGRAM = Workload.MIXED;

  /** The cases of the table. */
  public static final List<GuestLoad> ALL =
      List.of(
          new GuestLoad(128, true),
          new GuestLoad(128, false),
          new GuestLoad(1024, true),
          new GuestLoad(1024, false),
          new GuestLoad(16_384, true),
          new GuestLoad(16_384, false));

  /** {@code 1,024 guests alike} */
  public String label() {
    return String.format(Locale.ROOT, "%,d guests %s", guests, alike ? "alike" : "unlike");
  }

  /** The guests at their start. */
  List<CpuState> start() {
    return LongStream.rangeClosed(1, guests)
        .mapToObj(seed -> PROGRAM.guest(Long.MAX_VALUE, alike ? 1 : seed))
        .toList();
  }

  /** What lends engines to threads. */
  interface Seats {
    /** How many threads there are. */
    int count();

    /** Lends an engine to this thread for one guest. */
    void with(Consumer<Supplier<Engine>> work);
  }

  /**
   * Lets every guest execute so many instructions.
   *
   * @return nanoseconds until the last was done
   */
  static long run(List<CpuState> guests, Seats seats, long instructions) {
    ConcurrentLinkedQueue<CpuState> waiting = new ConcurrentLinkedQueue<>(guests);
    ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    AtomicLong executed = new AtomicLong();
    long start = System.nanoTime();
    List<Thread> threads =
        LongStream.range(0, Math.min(seats.count(), guests.size()))
            .mapToObj(i -> Thread.ofVirtual())
            .map(
                builder ->
                    builder.start(
                        () -> {
                          for (CpuState cpu; (cpu = waiting.poll()) != null; ) {
                            one(cpu, seats, instructions, executed, failures);
                          }
                        }))
            .toList();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new InputException("bench gpu", "was interrupted", e);
    }
    long took = System.nanoTime() - start;
    if (!failures.isEmpty()) {
      throw failures.peek();
    }
    if (executed.get() != instructions * guests.size()) {
      throw new InputException("bench gpu", "guests executed " + executed + " instructions");
    }
    return took;
  }

  private static void one(
      CpuState cpu,
      Seats seats,
      long instructions,
      AtomicLong executed,
      ConcurrentLinkedQueue<RuntimeException> failures) {
    try {
      seats.with(
          engines -> {
            Engine engine = engines.get();
            Stop stop = engine.run(cpu, instructions);
            if (stop != Stop.BUDGET) {
              throw new InputException("a measured guest", "stopped: " + stop);
            }
            executed.addAndGet(engine.executed());
          });
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }
}
