package dev.axon64.app.run;

import dev.axon64.app.guest.Terminals;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How many instructions a run has executed, and how fast, as a line on standard error that stands
 * until the guest has ended. It is shown only where standard error is a terminal and standard
 * output is none: otherwise the terminal is the guest's.
 */
final class RunProgress implements RunPart {
  private static final int WIDTH = 79;

  private final ProgressBar bar;

  private RunProgress(ProgressBar bar) {
    this.bar = bar;
  }

  /** The line, where it is shown. */
  static Optional<RunProgress> shown(Limits limits) {
    if (Terminals.STDOUT.isTerminal() || !Terminals.STDERR.isTerminal()) {
      return Optional.empty();
    }
    long most = limits.instructions();
    // A width of its own: asking the terminal for one would take it from the guest.
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("run")
            .setInitialMax(most == Long.MAX_VALUE ? -1 : most)
            .setUnit(" M instructions", 1_000_000)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .clearDisplayOnFinish()
            .build();
    return Optional.of(new RunProgress(bar));
  }

  @Override
  public Supplier<Engine> watching(Supplier<Engine> engines) {
    return () -> new Watched(engines.get(), bar);
  }

  @Override
  public void close() {
    bar.close();
  }

  private record Watched(Engine engine, ProgressBar bar) implements Engine {
    @Override
    public Stop run(CpuState cpu, long budget) {
      Stop stop = engine.run(cpu, budget);
      bar.stepBy(engine.executed());
      return stop;
    }

    @Override
    public long executed() {
      return engine.executed();
    }
  }
}
