package dev.axon64.bench.emulate;

import dev.axon64.bench.Shots;
import dev.axon64.bench.Shots.Time;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.PageEngine;
import dev.axon64.machine.oracle.UnicornGuest;
import dev.axon64.machine.state.CpuState;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures one workload; each executor in a JVM of its own. */
public final class EmulationRun {
  /** How often code that is not hot is executed. */
  public static final int COLD_ROUNDS = 2000;

  private final Workload workload;
  private final boolean quick;

  /**
   * @param quick measure less
   */
  public EmulationRun(Workload workload, boolean quick) {
    this.workload = workload;
    this.quick = quick;
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
                    case EACH, PAGE, TRANSLATED, LANES, DIVERGING -> true;
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
    long most = executor.instructions();
    int iterations = quick ? 3 : 7;
    if (executor.goesOn()) {
      Time time = median(executor, Long.MAX_VALUE, most, executor.warmUp(), iterations);
      return most * 1e3 / time.spent();
    }
    double perRound = (instructions(11) - instructions(1)) / 10.0;
    long rounds = Math.max(1, Math.round(most / perRound));
    int warmUp = quick ? (executor.warmUp() + 1) / 2 : executor.warmUp();
    Time time = median(executor, rounds, Long.MAX_VALUE, warmUp, iterations);
    if (executor == GuestExecutor.QEMU) {
      time = time.less(median(executor, 0, Long.MAX_VALUE, warmUp, iterations));
    }
    return rounds * perRound * executor.guests() * 1e3 / time.spent();
  }

  /** What the first run in a JVM takes, or in qemu, with its start taken off. */
  public Time cold(GuestExecutor executor) {
    Time time = median(executor, COLD_ROUNDS, Long.MAX_VALUE, 0, 1);
    return executor == GuestExecutor.QEMU
        ? time.less(median(executor, 0, Long.MAX_VALUE, 0, 1))
        : time;
  }

  /** Million instructions of that. */
  public double coldInstructions() {
    return instructions(COLD_ROUNDS) / 1e6;
  }

  private Time median(
      GuestExecutor executor, long rounds, long budget, int warmUp, int iterations) {
    Map<String, String> parameters =
        Map.of(
            "workload", workload.name(),
            "executor", executor.name(),
            "rounds", Long.toString(rounds),
            "budget", Long.toString(budget));
    String name = workload.label() + " on " + executor.label();
    int forks = workload.isHot() || quick ? 1 : 3;
    return new Shots(EmulationBenchmark.class, name, parameters, forks, warmUp, iterations)
        .medians();
  }
}
