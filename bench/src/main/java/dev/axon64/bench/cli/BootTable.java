package dev.axon64.bench.cli;

import dev.axon64.bench.boot.BootRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What boots took.
 *
 * @param host where
 * @param rows in the order in which they were measured
 */
record BootTable(Host host, int rounds, List<BootRun.Row> rows) implements Report {
  /** Whether all boots printed on both machines the same. */
  boolean alike() {
    return rows.stream().allMatch(row -> row.difference().isEmpty());
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        Figures.line(
            "Boots of Linux to power-off, model a64, by page unless it says otherwise. %s.",
            host.text()));
    out.append(
        Figures.line(
            "%s. Processor time, start of JVM and QEMU included. %s%n",
            Figures.rounds(rounds),
            alike() ? "Both print the same in all boots." : "SOME BOOTS PRINT OTHER THINGS."));
    out.append(
        Figures.line(
            "%-24s %14s %10s %10s %8s", "boot", "instructions", "seconds", "qemu's", "times"));
    for (BootRun.Row row : rows) {
      out.append(
          Figures.line(
              "%-24s %,14d %10.2f %10.2f %8.1f%s",
              row.of().name(),
              row.instructions(),
              row.seconds(),
              row.peer(),
              row.seconds() / row.peer(),
              row.difference().isEmpty() ? "" : "  DIFFERS: " + row.difference()));
    }
    return out.toString();
  }

  @Override
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", host);
    root.put("rounds", rounds);
    root.put("boots", rows);
    return Figures.json(root);
  }
}
