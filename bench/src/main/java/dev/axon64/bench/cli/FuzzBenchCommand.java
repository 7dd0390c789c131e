package dev.axon64.bench.cli;

import dev.axon64.bench.fuzz.FuzzCase;
import dev.axon64.bench.fuzz.FuzzRun;
import dev.axon64.machine.oracle.UnicornGuest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code axon64 bench fuzz}: calls of one function in process. */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    description =
        "Measure calls of one function in process, as fuzzers make them, beside libunicorn2.",
    footer = {
      "",
      "Calls for a second of the thread's processor time. Registers, and a page of memory where the"
          + " table says so, are reset before each call. libunicorn2 is left out where it is not"
          + " installed.",
      "Example: axon64 bench fuzz --quick --filter 'no hook, 3 bytes'"
    })
public final class FuzzBenchCommand implements Callable<Integer> {
  @Mixin private EffortOptions effort;

  @Mixin private FilterOption filter;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int rounds = effort.effort().rounds();
    List<FuzzCase> cases = filter.of(present(), FuzzCase::name);
    Host host = Host.here();
    RoundProgress progress = new RoundProgress(spec.commandLine().getErr(), rounds, cases.size());
    FuzzRun run = new FuzzRun(effort.isQuick());
    Map<FuzzCase, List<Double>> times = new LinkedHashMap<>();
    progress.all(
        cases,
        FuzzCase::name,
        next -> times.computeIfAbsent(next, c -> new ArrayList<>()).add(run.nanoseconds(next)));
    Map<FuzzCase.Input, Long> instructions = new LinkedHashMap<>();
    for (FuzzCase.Input input : FuzzCase.Input.values()) {
      instructions.put(input, FuzzRun.instructions(input));
    }
    output.write(new FuzzTable(host, rounds, instructions, times), spec);
    return 0;
  }

  private List<FuzzCase> present() {
    if (UnicornGuest.absence().isEmpty()) {
      return FuzzCase.all();
    }
    spec.commandLine().getErr().println("not measured: " + UnicornGuest.absence().get());
    return FuzzCase.all().stream()
        .filter(one -> one.emulator() == FuzzCase.Emulator.AXON64)
        .toList();
  }
}
