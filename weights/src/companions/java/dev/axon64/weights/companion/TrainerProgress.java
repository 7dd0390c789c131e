package dev.axon64.weights.companion;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** On a terminal a bar of batches; elsewhere a line an epoch. */
final class TrainerProgress implements BiConsumer<Long, Trainer>, AutoCloseable {
  private final PrintWriter err;
  private final ProgressBar bar;
  private int epochs;

  TrainerProgress(PrintWriter err, String name) {
    this.err = err;
    boolean terminal = System.console() != null && System.console().isTerminal();
    this.bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(name)
                .setUnit(" batches", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .build()
            : null;
  }

  @Override
  public void accept(Long batches, Trainer trainer) {
    if (bar != null) {
      bar.maxHint(trainer.steps());
      bar.stepTo(batches);
    }
    List<Trainer.Epoch> history = trainer.history();
    if (history.size() == epochs) {
      return;
    }
    epochs = history.size();
    Trainer.Epoch last = history.get(epochs - 1);
    String line =
        String.format(
            Locale.ROOT,
            "epoch %d: error %.4f, on validation %.4f",
            last.number(),
            last.training(),
            last.validation());
    if (bar != null) {
      bar.setExtraMessage(" " + line);
    } else {
      err.println(line);
      err.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
