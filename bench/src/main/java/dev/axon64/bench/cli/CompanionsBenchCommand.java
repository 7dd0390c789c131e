package dev.axon64.bench.cli;

import dev.axon64.bench.companion.Closeness;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench companions}: proposals of the companion networks, and ONNX Runtime's. */
@Command(
    name = "companions",
    mixinStandardHelpOptions = true,
    description = "Measure a proposal of each companion network: generated Java, ONNX Runtime.",
    footer = {
      "",
      "All on one thread, in JVMs of their own, round after round over all cases.",
      "Exit status: 0 all executors gave the same answers, 1 they did not, 2 unusable input.",
      "Example: axon64 bench companions --quick --filter 'memory-oracle|multiply'"
    })
public final class CompanionsBenchCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "One short round: minutes less, and rougher.")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "Passes over all cases. Default: 3.")
  private Integer rounds;

  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      description = "Only cases it is found in, named like 'loop-detector/ONNX Runtime/64'.")
  private String filter;

  @Option(names = "--json", description = "Print JSON, JMH's own results included.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<BenchCase> cases = cases(filter);
    Effort effort = Effort.of(quick, rounds);
    Machine machine = Machine.here();
    PrintWriter err = spec.commandLine().getErr();
    RoundProgress progress = new RoundProgress(err, effort.rounds(), cases.size());
    Suite<BenchCase> suite =
        new Suite<>(List.of(), effort, (round, at, next) -> progress.next(round, at, next.name()));
    Map<String, Closeness> closeness = new LinkedHashMap<>();
    for (BenchCase one : cases) {
      if (one instanceof ProposalCase of) {
        closeness.computeIfAbsent(of.network(), Closeness::shipped);
      }
    }
    ProposalTable table = ProposalTable.of(suite.run(cases), machine.vectorBits());
    ProposalReport report = new ProposalReport(machine, effort, closeness, table);
    Reports.print(json ? report.json(suite.jmh()) : report.text(), out, spec);
    return closeness.values().stream().allMatch(Closeness::holds) ? 0 : 1;
  }

  /** All proposals, and what bounds them. */
  static List<BenchCase> cases(String filter) {
    List<BenchCase> cases = new ArrayList<>(ProposalCase.all());
    cases.add(new Case(Executor.FMA, "", 0));
    return Filter.matching(cases, BenchCase::name, filter);
  }
}
