package dev.axon64.bench.emulate;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.LaneEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.oracle.UnicornGuest;
import dev.axon64.machine.state.CpuState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** One run of a workload, from its first instruction to its first system call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EmulationBenchmark {
  @Param({"ALU", "MIXED", "SIEVE", "CRC", "SORT", "SHA256", "INTERPRETER"})
  public Workload workload;

  @Param({"PAGE", "EACH", "LANES", "DIVERGING", "UNICORN", "QEMU"})
  public GuestExecutor executor;

  /** How often the workload works; the command chooses it from its length. */
  @Param("10")
  public long rounds;

  private final List<CpuState> guests = new ArrayList<>();
  private Engine engine;
  private LaneEngine lanes;
  private UnicornGuest unicorn;
  private Path file;

  /** New guests in engines that are warm. */
  @Setup(Level.Invocation)
  public void prepare() throws IOException {
    guests.clear();
    switch (executor) {
      case PAGE, EACH -> {
        guests.add(workload.guest(rounds, 1));
        if (engine == null) {
          Engines.Policy policy =
              executor == GuestExecutor.PAGE ? Engines.Policy.PAGE : Engines.Policy.EACH;
          engine = Engines.of(policy, ShippedDispatcher.A64::dispatcher, null).get();
        }
      }
      case LANES, DIVERGING -> {
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

  /** Runs the workload. */
  @Benchmark
  public Object run() throws IOException, InterruptedException {
    return switch (executor) {
      case PAGE, EACH -> checked(engine.run(guests.get(0), Long.MAX_VALUE));
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
    if (!(stop instanceof Stop.SystemCall)) {
      throw new IllegalStateException(stop.toString());
    }
    return stop;
  }
}
