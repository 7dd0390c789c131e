package dev.axon64.bench.cli;

import dev.axon64.bench.companion.Closeness;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private EffortOptions effort;

  @Mixin private FilterOption filter;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<BenchCase> cases = filter.of(cases(), BenchCase::name);
    Host host = Host.here();
    PrintWriter err = spec.commandLine().getErr();
    Suite<BenchCase> suite = Suite.shown(cases, List.of(), effort.effort(), err);
    Map<String, Closeness> closeness = new LinkedHashMap<>();
    for (BenchCase one : cases) {
      if (one instanceof ProposalCase of) {
        closeness.computeIfAbsent(of.network(), Closeness::shipped);
      }
    }
    ProposalTable table = ProposalTable.of(suite.run(cases), host.vectorBits());
    output.write(new ProposalReport(host, effort.effort(), closeness, table, suite.jmh()), spec);
    return closeness.values().stream().allMatch(Closeness::holds) ? 0 : 1;
  }

  /** All proposals, and what bounds them. */
  static List<BenchCase> cases() {
    List<BenchCase> cases = new ArrayList<>(ProposalCase.all());
    cases.add(DispatchCase.BOUND);
    return cases;
  }
}
