package dev.axon64.app.train;

import dev.axon64.weights.train.EpochRecord;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a bar with epoch, loss and accuracy on a terminal, and elsewhere a line now and then. */
final class TrainingProgress implements AutoCloseable {
  private static final int EPOCHS_A_LINE = 100;

  private final PrintWriter err;
  private final Optional<ProgressBar> bar;

  /**
   * @param most epochs at most
   */
  TrainingProgress(PrintWriter err, String name, int most) {
    this.err = err;
    boolean terminal = isShown();
    this.bar =
        terminal
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(most)
                    .setUnit(" epochs", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build())
            : Optional.empty();
  }

  /** Whether somebody sees a bar that moves: at a terminal that can move its cursor. */
  static boolean isShown() {
    return System.console() != null
        && System.console().isTerminal()
        && !"dumb".equals(System.getenv("TERM"));
  }

  void epoch(String what, EpochRecord record) {
    String line =
        String.format(
            Locale.ROOT,
            "%s loss %.4f accuracy %.4f%% terms %d",
            record.stage(),
            record.loss(),
            100 * record.accuracy(),
            record.terms());
    if (bar.isPresent()) {
      bar.get().stepTo(record.epoch());
      bar.get().setExtraMessage(" " + line);
    } else if (record.epoch() % EPOCHS_A_LINE == 0) {
      err.println(what + ": epoch " + record.epoch() + " " + line);
      err.flush();
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
