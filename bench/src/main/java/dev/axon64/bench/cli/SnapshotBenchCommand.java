package dev.axon64.bench.cli;

import com.google.gson.GsonBuilder;
import dev.axon64.bench.snapshot.Guesser;
import dev.axon64.bench.snapshot.RestoreRun;
import dev.axon64.bench.snapshot.TableGuest;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench snapshot}: how long restored guests wait for their pages. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description =
        "Restore guests from snapshots and measure how long they stand still for pages, by what"
            + " guesses the next ones.",
    footer = {
      "",
      "Medians over the rounds; in each round every guesser has a run, all in one process, after a"
          + " round that is not counted; networks are loaded and compiled before. Files are in the"
          + " system's cache."
    })
public final class SnapshotBenchCommand implements Callable<Integer> {
  private static final double MILLI = 1e6;

  @Option(
      names = "--guest",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private List<TableGuest> guests = List.of(TableGuest.values());

  @Option(
      names = "--oracle",
      paramLabel = "FILE",
      description =
          "Weights for the memory oracle, beside the shipped ones; a .npy holds the published ones."
              + " Repeatable.")
  private List<Path> oracles = List.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds; 9 by default.")
  private int rounds = 9;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Path out;

  @Spec private CommandSpec spec;

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
      double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }

  @Override
  public Integer call() {
    if (rounds < 1) {
      throw new InputException("--rounds " + rounds, "measures nothing; give 1 or more");
    }
    Machine machine = Machine.here();
    List<Guesser> guessers = Guesser.all(oracles);
    Map<String, Map<String, Row>> table = new LinkedHashMap<>();
    Map<String, String> sizes = new LinkedHashMap<>();
    Path folder = temporary();
    try {
      for (TableGuest guest : guests) {
        RestoreRun run = new RestoreRun(guest, folder);
        table.put(guest.label(), measure(run, guessers));
        sizes.put(
            guest.label(),
            String.format(
                Locale.ROOT, "%,d pages, %.1f MiB", run.pages(), run.bytes() / 1048576.0));
      }
    } finally {
      delete(folder);
    }
    StringWriter text = new StringWriter();
    PrintWriter report = new PrintWriter(text);
    if (json) {
      report.println(new GsonBuilder().setPrettyPrinting().create().toJson(table));
    } else {
      print(report, machine, table, sizes);
    }
    report.flush();
    if (out == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      AtomicFiles.write(out, text.toString());
    }
    return 0;
  }

  private Map<String, Row> measure(RestoreRun run, List<Guesser> guessers) {
    Map<String, List<RestoreRun.Result>> results = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Guesser guesser : guessers) {
        RestoreRun.Result result = run.restore(guesser);
        if (round > 0) {
          results.computeIfAbsent(guesser.label(), label -> new ArrayList<>()).add(result);
        }
      }
    }
    Map<String, Row> rows = new LinkedHashMap<>();
    results.forEach((label, list) -> rows.put(label, Row.of(list)));
    return rows;
  }

  private void print(
      PrintWriter report,
      Machine machine,
      Map<String, Map<String, Row>> table,
      Map<String, String> sizes) {
    report.printf(
        Locale.ROOT,
        "Restored guests, medians of %d rounds. %s, %d cores, load %.1f, %s.%n"
            + "used: of the fetched pages; stalled: the guest, for pages; ratio: of that to none;"
            + " guesses and fetches: beside the guest.%n",
        rounds,
        machine.architecture(),
        machine.cores(),
        machine.load(),
        machine.java());
    table.forEach(
        (guest, rows) -> {
          report.printf("%n%s: %s%n", guest, sizes.get(guest));
          report.printf(
              "%-28s %9s %9s %7s %11s %6s %9s %11s %11s %10s%n",
              "guesser",
              "on demand",
              "fetched",
              "used",
              "stalled ms",
              "ratio",
              "run ms",
              "guesses ms",
              "fetches ms",
              "inferences");
          double none = rows.values().iterator().next().stalled();
          rows.forEach((label, row) -> row(report, label, row, none));
        });
  }

  private static void row(PrintWriter report, String label, Row row, double none) {
    report.printf(
        Locale.ROOT,
        "%-28s %,9.0f %,9.0f %7s %,11.1f %6.2f %,9.1f %,11.1f %,11.1f %,10.0f%n",
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

  private static Path temporary() {
    try {
      return Files.createTempDirectory("axon64-snapshot");
    } catch (IOException e) {
      throw new InputException("the folder for temporary files", "cannot be written", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      return; // the system clears its temporary files itself
    }
  }
}
