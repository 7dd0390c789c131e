package dev.axon64.weights.companion;

import dev.axon64.weights.card.Epoch;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a bar of batches on a terminal, and elsewhere one line for each epoch. */
final class TrainerProgress implements BiConsumer<Long, Trainer>, AutoCloseable {
  private final PrintWriter err;
  private final ProgressBar bar;
  private List<Epoch> history = List.of();
  private Trainer trainer;

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
  public void accept(Long batches, Trainer training) {
    trainer = training;
    if (bar != null) {
      bar.maxHint(trainer.steps());
      bar.stepTo(batches);
    }
    epochs();
  }

  private void epochs() {
    int told = history.size();
    history = trainer.history();
    history.subList(told, history.size()).forEach(this::tell);
  }

  private void tell(Epoch epoch) {
    String line =
        String.format(
            Locale.ROOT,
            "epoch %d: error %.4f, on validation %.4f",
            epoch.number(),
            epoch.training(),
            epoch.validation());
    if (bar != null) {
      bar.setExtraMessage(" " + line);
    } else {
      err.println(line);
      err.flush();
    }
  }

  @Override
  public void close() {
    if (trainer != null) {
      epochs();
    }
    if (bar != null) {
      bar.close();
    }
  }
}
