package dev.axon64.bench.cli;

import dev.axon64.bench.programs.Executor;
import dev.axon64.bench.programs.ProgramsRun;
import dev.axon64.bench.programs.ProgramsRun.Row;
import dev.axon64.bench.programs.Seconds;
import dev.axon64.bench.programs.WholeProgram;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What whole processes took.
 *
 * @param host where
 * @param rounds each was run
 * @param quick whether on a tenth of the work
 * @param executors of which the first is the one to compare with
 * @param missing why programs were not measured
 * @param result program by program
 */
record ProgramsTable(
    Host host,
    int rounds,
    boolean quick,
    List<Executor> executors,
    List<String> missing,
    ProgramsRun.Result result)
    implements Report {
  /** Whether every program ended alike everywhere. */
  boolean alike() {
    return result.rows().values().stream()
        .flatMap(row -> row.values().stream())
        .allMatch(row -> row.difference().isEmpty());
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        Figures.line(
            "Whole processes, start included, model a64. %s.%nSeconds, medians of %s%s; and times"
                + " those of %s. %s%n",
            host.text(),
            Figures.rounds(rounds),
            quick ? " of a tenth of the work" : "",
            executors.get(0).label(),
            alike()
                ? "Output and exit status are the same in all runs."
                : "SOME PROGRAMS DID NOT END ALIKE."));
    out.append(heads());
    result.rows().forEach((program, row) -> out.append(line(program, row)));
    out.append(System.lineSeparator());
    if (result.rows().keySet().stream().anyMatch(program -> !program.isApart())) {
      executors.stream().skip(1).forEach(executor -> out.append(meanLine(executor)));
    }
    missing.forEach(why -> out.append(Figures.line("%s", why)));
    result.failed().forEach(why -> out.append(Figures.line("not measured: %s", why)));
    return out.toString();
  }

  private String heads() {
    StringBuilder first = new StringBuilder("%-14s".formatted("program"));
    StringBuilder second = new StringBuilder("%-14s".formatted(""));
    for (int i = 0; i < executors.size(); i++) {
      first.append(
          "  %s".formatted(("%-" + (i == 0 ? 16 : 32) + "s").formatted(executors.get(i).label())));
      second.append("%9s%9s".formatted("passed", "spent"));
      second.append(i == 0 ? "" : "%8s%8s".formatted("times", "times"));
    }
    return Figures.line("%s%n%s", first.toString().stripTrailing(), second);
  }

  private String line(WholeProgram program, Map<Executor, Row> row) {
    StringBuilder line = new StringBuilder("%-14s".formatted(program.name()));
    StringBuilder differences = new StringBuilder();
    for (Executor executor : executors) {
      Row cell = row.get(executor);
      line.append(
          String.format(
              Locale.ROOT, "%9.2f%9.2f", cell.seconds().passed(), cell.seconds().spent()));
      if (executor != executors.get(0)) {
        line.append(
            String.format(Locale.ROOT, "%8.2f%8.2f", cell.ratio().passed(), cell.ratio().spent()));
      }
      if (!cell.difference().isEmpty()) {
        differences.append("  %s DIFFERS: %s".formatted(executor.label(), cell.difference()));
      }
    }
    return Figures.line("%s%s", line, differences);
  }

  /**
   * Geometric mean of an executor's times the first one's seconds, without what is reported apart.
   */
  Seconds mean(Executor executor) {
    return Seconds.mean(
        result.rows().entrySet().stream()
            .filter(row -> !row.getKey().isApart())
            .map(row -> row.getValue().get(executor).ratio())
            .toList());
  }

  private String meanLine(Executor executor) {
    Seconds mean = mean(executor);
    return Figures.line(
        "Geometric mean of %s: %.2f times the time, %.2f times the processor time of %s"
            + " (of programs).",
        executor.label(), mean.passed(), mean.spent(), executors.get(0).label());
  }

  @Override
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", host);
    root.put("rounds", rounds);
    root.put("quick", quick);
    Map<String, Seconds> means = new LinkedHashMap<>();
    executors.stream().skip(1).forEach(executor -> means.put(executor.label(), mean(executor)));
    root.put("geometricMeans", means);
    root.put("missing", missing);
    root.put("failed", result.failed());
    Map<String, Object> programs = new LinkedHashMap<>();
    result
        .rows()
        .forEach(
            (program, row) -> {
              Map<String, Row> cells = new LinkedHashMap<>();
              row.forEach((executor, cell) -> cells.put(executor.label(), cell));
              programs.put(program.name(), cells);
            });
    root.put("programs", programs);
    return Figures.json(root);
  }
}
