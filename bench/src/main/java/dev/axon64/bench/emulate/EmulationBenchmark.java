package dev.axon64.bench.emulate;

import com.sun.management.OperatingSystemMXBean;
import dev.axon64.bench.ChildTimes;
import dev.axon64.bench.Shots;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.LaneEngine;
import dev.axon64.machine.engine.ScalarKind;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.engine.TranslatedKind;
import dev.axon64.machine.oracle.UnicornGuest;
import dev.axon64.machine.state.CpuState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One run of a workload, or some instructions of one that goes on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EmulationBenchmark {
  @Param("ALU")
  public Workload workload;

  @Param("PAGE")
  public GuestExecutor executor;

  /** How often the workload works; the command chooses it from its length. */
  @Param("10")
  public long rounds;

  /** Instructions after which a guest that is not at its end is left for the next iteration. */
  @Param("1000000")
  public long budget;

  private final List<CpuState> guests = new ArrayList<>();
  private Engine engine;
  private LaneEngine lanes;
  private UnicornGuest unicorn;
  private Path file;

  private static Engine open(EngineKind kind, Engines.Policy policy) {
    return kind.open(ShippedDispatcher.A64.network(), policy, null).get();
  }

  /** New guests in engines that are warm, or the guest that goes on. */
  @Setup(Level.Invocation)
  public void prepare() throws IOException {
    switch (executor) {
      case EACH, PAGE, TRANSLATED -> {
        if (engine == null) {
          guests.add(
              executor == GuestExecutor.TRANSLATED
                  ? workload.flatGuest(rounds, 1)
                  : workload.guest(rounds, 1));
          engine =
              switch (executor) {
                case EACH -> open(new ScalarKind(), Engines.Policy.EACH);
                case PAGE -> open(new ScalarKind(), Engines.Policy.PAGE);
                default -> open(new TranslatedKind(), Engines.Policy.PAGE);
              };
        }
      }
      case LANES, DIVERGING -> {
        guests.clear();
        for (int i = 0; i < executor.guests(); i++) {
          guests.add(workload.guest(rounds, executor == GuestExecutor.LANES ? 1 : 1 + i));
        }
        lanes = new LaneEngine(ShippedDispatcher.A64::dispatcher);
      }
      case UNICORN -> unicorn = new UnicornGuest(workload.guest(rounds, 1));
      case QEMU -> {
        if (file == null) {
          file = Files.createTempDirectory("axon64-bench").resolve(workload.label());
          workload.copyTo(file);
        }
      }
    }
  }

  /** Frees what is not Java's. */
  @TearDown(Level.Invocation)
  public void clear() {
    if (unicorn != null) {
      unicorn.close();
      unicorn = null;
    }
  }

  /** Removes the file. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    if (file != null) {
      Files.delete(file);
      Files.delete(file.getParent());
    }
  }

  /**
   * Runs the workload. What is measured of one guest is the time of its processor, in which little
   * is seen of what else a machine does, and where it is not hot that of compilers besides; of
   * lanes, which use all processors, the time that passes.
   */
  @Benchmark
  public Object run(Shots.Spent spent) throws IOException, InterruptedException {
    LongSupplier clock =
        switch (executor) {
          case LANES, DIVERGING -> System::nanoTime;
          case QEMU -> ChildTimes::nanoseconds;
          case EACH, PAGE, TRANSLATED, UNICORN ->
              workload.isHot()
                  ? ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime
                  : EmulationBenchmark::allThreads;
        };
    long start = clock.getAsLong();
    Object result = run();
    spent.nanoseconds += clock.getAsLong() - start;
    return result;
  }

  private static long allThreads() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private Object run() throws IOException, InterruptedException {
    return switch (executor) {
      case EACH, PAGE, TRANSLATED -> checked(engine.run(guests.get(0), budget));
      case LANES, DIVERGING -> {
        Stop[] stops = lanes.run(guests, Long.MAX_VALUE);
        for (Stop stop : stops) {
          checked(stop);
        }
        yield stops;
      }
      case UNICORN -> {
        unicorn.run();
        yield unicorn;
      }
      case QEMU -> Qemu.run(file, rounds);
    };
  }

  private static Stop checked(Stop stop) {
    if (!(stop instanceof Stop.SystemCall) && stop != Stop.BUDGET) {
      throw new IllegalStateException(stop.toString());
    }
    return stop;
  }
}
