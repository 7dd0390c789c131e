package dev.axon64.bench.cli;

import dev.axon64.bench.cli.SnapshotTable.Row;
import dev.axon64.bench.snapshot.Guesser;
import dev.axon64.bench.snapshot.RestoreRun;
import dev.axon64.bench.snapshot.TableGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench snapshot}: how long restored guests wait for their pages. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description =
        "Restore guests from snapshots and measure how long they wait for pages, with nothing and"
            + " with several things that guess the next ones.",
    footer = {
      "",
      "Medians over the rounds. In each round every guesser has a run, all in one process, after a"
          + " round that is not counted; networks are loaded and compiled before. Files are in the"
          + " system's cache.",
      "Example: axon64 bench snapshot --guest walk,chase --rounds 3"
    })
public final class SnapshotBenchCommand implements Callable<Integer> {
  @Option(
      names = "--guest",
      paramLabel = "NAME",
      split = ",",
      description = "Measure only these guests: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<TableGuest> guests = List.of(TableGuest.values());

  @Option(
      names = "--oracle",
      paramLabel = "FILE",
      description =
          "Also measure a memory oracle with these weights; a .npy holds the published ones."
              + " Repeatable.")
  private List<Path> oracles = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measure in N rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds = 9;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Effort.checked(rounds);
    Host host = Host.here();
    List<Guesser> guessers = Guesser.all(oracles);
    List<SnapshotTable.Guest> measured = new ArrayList<>();
    try (ScratchFolder folder = ScratchFolder.make()) {
      for (TableGuest guest : guests) {
        RestoreRun run = new RestoreRun(guest, folder.path());
        measured.add(
            new SnapshotTable.Guest(
                guest.label(), run.pages(), run.bytes(), measure(run, guessers)));
      }
    }
    output.write(new SnapshotTable(host, rounds, measured), spec);
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
}
