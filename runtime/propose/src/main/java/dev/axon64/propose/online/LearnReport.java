package dev.axon64.propose.online;

import java.io.PrintWriter;

/** What a run has learnt, as a table. */
public final class LearnReport {
  private LearnReport() {}

  /** Prints one line per network that served, in order, and what came of it. */
  public static void print(LearningSession session, PrintWriter out) {
    out.printf(
        "%n%-26s %8s %15s %13s %12s %9s  %s%n",
        "network in service",
        "from s",
        "instructions",
        "traps",
        "per million",
        "wrong",
        "certified");
    for (Service service : session.services()) {
      out.printf(
          "%-26s %8.2f %,15d %,13d %,12.2f %9s  %s%n",
          service.name,
          service.startNanoseconds / 1e9,
          service.instructions,
          service.traps,
          service.trapsPerMillion(),
          service.errors < 0 ? "?" : "%,d".formatted(service.errors),
          service.certified ? "yes" : "no");
    }
    out.printf(
        "%n%,d instructions, %,d misdispatch traps, %d swaps, %d returns; %s%n",
        session.instructions(),
        session.traps(),
        session.swaps(),
        session.returns(),
        session.certified()
            ? "the weights in service are certified for all words"
            : "the weights in service are not certified (%s)".formatted(session.activity()));
  }
}
