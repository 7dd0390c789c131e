package dev.axon64.app.run;

import dev.axon64.machine.engine.StagedPages;
import dev.axon64.machine.memory.Prefetcher;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Pages that are copied ahead to where the engine executes.
 *
 * @param pages who guesses them, and what came of it
 */
record Staging(StagedPages pages) implements RunPart {
  /** Guesses them by a network, which is read now. */
  static Staging guessing(Supplier<Prefetcher> guesses) {
    return new Staging(new StagedPages(guesses.get()));
  }

  @Override
  public void report(RunOutcome outcome, PrintWriter err) {
    err.printf(
        Locale.ROOT,
        "axon64: staged for the shader: %,d pages it stopped for, %,d ahead, %,d of them used%n",
        pages.stops,
        pages.ahead,
        pages.used);
  }
}
