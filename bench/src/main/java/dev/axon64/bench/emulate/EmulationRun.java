package dev.axon64.bench.emulate;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.PageEngine;
import dev.axon64.machine.oracle.UnicornGuest;
import dev.axon64.machine.state.CpuState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one workload; each executor in a JVM of its own. */
public final class EmulationRun {
  private final Workload workload;
  private final boolean quick;
  private final double perRound;

  /**
   * @param quick measure less
   */
  public EmulationRun(Workload workload, boolean quick) {
    this.workload = workload;
    this.quick = quick;
    this.perRound = (instructions(11) - instructions(1)) / 10.0;
  }

  /** Those executors that this machine has; the others are named to {@code missing}. */
  public static List<GuestExecutor> present(List<GuestExecutor> wanted, Consumer<String> missing) {
    return wanted.stream()
        .filter(
            executor -> {
              boolean here =
                  switch (executor) {
                    case QEMU -> Qemu.isPresent();
                    case UNICORN -> UnicornGuest.absence().isEmpty();
                    case EACH, PAGE, LANES, DIVERGING -> true;
                  };
              if (!here) {
                missing.accept("not measured, since it is not installed: " + executor.label());
              }
              return here;
            })
        .toList();
  }

  /** Instructions of a run, up to the first system call. */
  private long instructions(long rounds) {
    CpuState cpu = workload.guest(rounds, 1);
    Engine engine = new PageEngine(ShippedDispatcher.A64.dispatcher());
    engine.run(cpu, Long.MAX_VALUE);
    return engine.executed();
  }

  /** Million instructions a second, of all guests in sum; the median of the iterations. */
  public double mips(GuestExecutor executor) {
    long most = quick ? executor.instructions() / 4 : executor.instructions();
    long rounds = Math.max(1, Math.round(most / perRound));
    double nanoseconds = median(executor, rounds);
    if (executor == GuestExecutor.QEMU) {
      nanoseconds -= median(executor, 0);
    }
    return rounds * perRound * executor.guests() * 1e3 / nanoseconds;
  }

  private double median(GuestExecutor executor, long rounds) {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + Pattern.quote(EmulationBenchmark.class.getName() + ".run") + "$")
        .param("workload", workload.name())
        .param("executor", executor.name())
        .param("rounds", Long.toString(rounds))
        .forks(1)
        .warmupIterations(executor == GuestExecutor.QEMU ? 1 : quick ? 3 : 6)
        .measurementIterations(quick ? 3 : 7)
        .shouldFailOnError(true)
        .jvmArgs(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseParallelGC",
            "-Xmx3g");
    PrintStream sink = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    try {
      Collection<RunResult> results =
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(sink, VerboseMode.SILENT))
              .run();
      return results.iterator().next().getPrimaryResult().getStatistics().getPercentile(50);
    } catch (RunnerException e) {
      throw new InputException(
          workload.label() + " on " + executor.label(), "could not be measured", e);
    }
  }
}
