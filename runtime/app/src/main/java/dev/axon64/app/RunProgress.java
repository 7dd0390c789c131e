package dev.axon64.app;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How many instructions a run has executed, and how fast, as a line on standard error. It is shown
 * where that is a terminal and standard output is none: otherwise the terminal is the guest's.
 */
final class RunProgress implements AutoCloseable {
  private static final int WIDTH = 79;

  private final ProgressBar bar;

  private RunProgress(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * A line that stands until this is closed.
   *
   * @param wanted whether to show one at all
   * @param most instructions at most; {@link Long#MAX_VALUE} if nobody knows
   */
  static RunProgress of(boolean wanted, long most) {
    if (!wanted || Terminals.STDOUT.isTerminal() || !Terminals.STDERR.isTerminal()) {
      return new RunProgress(null);
    }
    // A width of its own: asking the terminal for one would take it from the guest.
    return new RunProgress(
        new ProgressBarBuilder()
            .setTaskName("run")
            .setInitialMax(most == Long.MAX_VALUE ? -1 : most)
            .setUnit(" M instructions", 1_000_000)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .clearDisplayOnFinish()
            .build());
  }

  /** Engines that tell what they execute. */
  Supplier<Engine> watched(Supplier<Engine> engines) {
    return bar == null ? engines : () -> new Watched(engines.get(), bar);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
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
