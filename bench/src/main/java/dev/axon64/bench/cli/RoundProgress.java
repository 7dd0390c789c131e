package dev.axon64.bench.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** Shows one line that changes on a terminal, and elsewhere one line for each round. */
final class RoundProgress {
  private final PrintWriter err;
  private final int rounds;
  private final int cases;
  private final boolean terminal = System.console() != null && System.console().isTerminal();

  RoundProgress(PrintWriter err, int rounds, int cases) {
    this.err = err;
    this.rounds = rounds;
    this.cases = cases;
  }

  /**
   * A case begins.
   *
   * @param round counted from 1; 0 before the first
   * @param position of the case in the round, counted from 1
   */
  void next(int round, int position, String name) {
    if (terminal) {
      err.printf(Locale.ROOT, "\r%s, case %d of %d: %-40s", text(round), position, cases, name);
      if (round == rounds && position == cases) {
        err.println();
      }
    } else if (position == 1) {
      err.printf(Locale.ROOT, "%s, %d cases%n", text(round), cases);
    }
    err.flush();
  }

  /** Runs every case in each round, one after the other. */
  <C> void all(List<C> each, Function<C, String> name, Consumer<C> run) {
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < each.size(); i++) {
        C next = each.get(i);
        next(round, i + 1, name.apply(next));
        run.accept(next);
      }
    }
  }

  private String text(int round) {
    return round == 0 ? "counting" : String.format(Locale.ROOT, "round %d of %d", round, rounds);
  }
}
