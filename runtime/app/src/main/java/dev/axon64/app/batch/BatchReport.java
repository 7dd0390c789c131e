package dev.axon64.app.batch;

import dev.axon64.app.report.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What came of a batch.
 *
 * @param engine what executed the guests
 * @param outcomes of all guests, by input
 * @param nanoseconds from the first guest's start to the last one's end
 */
record BatchReport(String engine, List<Outcome> outcomes, long nanoseconds) {
  /** What is printed as JSON. */
  private record Document(
      String engine, double seconds, long instructions, long failed, List<Outcome> guests) {}

  long failed() {
    return outcomes.stream().filter(outcome -> outcome.status() != 0).count();
  }

  private long instructions() {
    return outcomes.stream().mapToLong(Outcome::instructions).sum();
  }

  private double seconds() {
    return nanoseconds / 1e9;
  }

  void json(PrintWriter out) {
    out.println(Json.text(new Document(engine, seconds(), instructions(), failed(), outcomes)));
  }

  void text(PrintWriter out) {
    int width = outcomes.stream().mapToInt(one -> one.input().length()).max().orElse(0);
    String row = "%-" + Math.max(5, width) + "s  %6s  %16s  %12s  %s%n";
    out.printf(row, "input", "status", "instructions", "output", "ending");
    for (Outcome one : outcomes) {
      out.printf(
          Locale.ROOT,
          row,
          one.input(),
          one.status(),
          String.format(Locale.ROOT, "%,d", one.instructions()),
          String.format(Locale.ROOT, "%,d", one.output()),
          one.ending().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    out.printf(
        Locale.ROOT,
        "%,d guests on %s, %,d of them with a status that is not 0; %,d instructions in %.2f s%n",
        outcomes.size(),
        engine,
        failed(),
        instructions(),
        seconds());
  }
}
