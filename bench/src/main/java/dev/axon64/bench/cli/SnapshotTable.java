package dev.axon64.bench.cli;

import dev.axon64.bench.snapshot.RestoreRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long restored guests waited for their pages.
 *
 * @param host where
 * @param rounds that medians are taken over
 * @param guests what was measured of each
 */
record SnapshotTable(Host host, int rounds, List<Guest> guests) implements Report {
  private static final double MILLI = 1e6;

  /**
   * A guest.
   *
   * @param name of the guest
   * @param pages in its snapshot
   * @param bytes of the snapshot's file
   * @param rows by guesser, the one that guesses nothing first
   */
  record Guest(String name, int pages, long bytes, Map<String, Row> rows) {}

  /** Medians of a guest under a guesser; times in milliseconds. */
  record Row(
      double onDemand,
      double fetched,
      double used,
      double late,
      double stalled,
      double run,
      double guesses,
      double fetches,
      double inferences) {
    static Row of(List<RestoreRun.Result> results) {
      return new Row(
          median(results, r -> r.counts().onDemand()),
          median(results, r -> r.counts().fetched()),
          median(results, r -> r.counts().used()),
          median(results, r -> r.counts().late()),
          median(results, r -> r.counts().stalled() / MILLI),
          median(results, r -> r.nanoseconds() / MILLI),
          median(results, r -> r.counts().guessing() / MILLI),
          median(results, r -> r.counts().fetching() / MILLI),
          median(results, r -> r.counts().inferences()));
    }

    private static double median(
        List<RestoreRun.Result> results, ToDoubleFunction<RestoreRun.Result> figure) {
      return Measurement.quantile(results.stream().mapToDouble(figure).toArray(), 0.5);
    }
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        Figures.line(
            "Restored guests, medians of %s. %s, %d cores, load %.1f, %s.",
            Figures.rounds(rounds), host.architecture(), host.cores(), host.load(), host.java()));
    out.append(
        Figures.line(
            "used: of the fetched pages; stalled: the guest, for pages; ratio: of that to none;"
                + " guesses and fetches: beside the guest."));
    guests.forEach(guest -> out.append(text(guest)));
    return out.toString();
  }

  private static String text(Guest guest) {
    StringBuilder out = new StringBuilder();
    out.append(
        Figures.line(
            "%n%s: %,d pages, %.1f MiB", guest.name, guest.pages, guest.bytes / 1048576.0));
    out.append(
        Figures.line(
            "%-28s %9s %9s %7s %11s %6s %9s %11s %11s %10s",
            "guesser",
            "on demand",
            "fetched",
            "used",
            "stalled ms",
            "ratio",
            "run ms",
            "guesses ms",
            "fetches ms",
            "inferences"));
    double none = guest.rows.values().iterator().next().stalled();
    guest.rows.forEach((label, row) -> out.append(text(label, row, none)));
    return out.toString();
  }

  private static String text(String label, Row row, double none) {
    return Figures.line(
        "%-28s %,9.0f %,9.0f %7s %,11.1f %6.2f %,9.1f %,11.1f %,11.1f %,10.0f",
        label,
        row.onDemand(),
        row.fetched(),
        row.fetched() == 0
            ? "-"
            : String.format(Locale.ROOT, "%.1f%%", 100 * row.used() / row.fetched()),
        row.stalled(),
        row.stalled() / none,
        row.run(),
        row.guesses(),
        row.fetches(),
        row.inferences());
  }

  @Override
  public String json() {
    Map<String, Map<String, Row>> all = new LinkedHashMap<>();
    guests.forEach(guest -> all.put(guest.name, guest.rows));
    return Figures.json(all);
  }
}
