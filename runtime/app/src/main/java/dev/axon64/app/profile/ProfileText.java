package dev.axon64.app.profile;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A profile as two tables: functions, and regions. */
record ProfileText(Outcome outcome, int most) {
  private static final double MILLI = 1e6;

  void print(PrintWriter out) {
    long inRegions = outcome.regions().stream().mapToLong(RegionProfile.Entry::executed).sum();
    out.printf(
        Locale.ROOT,
        "%n%,d instructions in %.2f s; %.2f%% in %,d regions; %,d samples, one after every %,d"
            + " instructions%n",
        outcome.status().instructions(),
        outcome.nanoseconds() / 1e9,
        outcome.percent(inRegions),
        outcome.regions().size(),
        outcome.samples().count(),
        outcome.samples().every());
    functions(out);
    regions(out);
  }

  private void functions(PrintWriter out) {
    List<CallTree.Share> all = outcome.samples().tree().functions();
    out.printf("%n%7s %7s  %-40s %s%n", "self", "total", "function", "object");
    long sampled = Math.max(1, outcome.samples().tree().all());
    for (CallTree.Share share : all.stream().limit(most).toList()) {
      out.printf(
          Locale.ROOT,
          "%6.2f%% %6.2f%%  %-40s %s%n",
          100.0 * share.self() / sampled,
          100.0 * share.all() / sampled,
          share.function().name(),
          share.function().object());
    }
    more(out, all.size(), "functions");
  }

  private void regions(PrintWriter out) {
    out.printf(
        "%n%7s %14s %12s %6s %9s %12s %10s %9s  %-32s %s%n",
        "share",
        "instructions",
        "entered",
        "guest",
        "bytecode",
        "translate ms",
        "compile ms",
        "machine",
        "region",
        "left because");
    for (RegionProfile.Entry region : outcome.regions().stream().limit(most).toList()) {
      Compilations.Compiled compiled = outcome.compiled(region);
      out.printf(
          Locale.ROOT,
          "%6.2f%% %,14d %,12d %6d %,9d %12.1f %10.1f %,9d  %-32s %s%n",
          outcome.percent(region.executed()),
          region.executed(),
          region.entries(),
          region.translation().instructions(),
          region.translation().bytes(),
          region.nanoseconds() / MILLI,
          compiled.nanoseconds() / MILLI,
          compiled.codeSize(),
          region.place().text(),
          region.exits().entrySet().stream()
              .map(exit -> String.format(Locale.ROOT, "%s %,d", exit.getKey(), exit.getValue()))
              .collect(Collectors.joining(", ")));
    }
    more(out, outcome.regions().size(), "regions");
  }

  private void more(PrintWriter out, int all, String what) {
    if (all > most) {
      out.printf("and %,d more %s%n", all - most, what);
    }
  }
}
