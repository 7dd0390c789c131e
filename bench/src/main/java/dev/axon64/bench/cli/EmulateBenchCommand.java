package dev.axon64.bench.cli;

import com.google.gson.GsonBuilder;
import dev.axon64.bench.emulate.EmulationRun;
import dev.axon64.bench.emulate.Executor;
import dev.axon64.bench.emulate.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench emulate}: guest programs on the engines and on other emulators. */
@Command(
    name = "emulate",
    mixinStandardHelpOptions = true,
    description = "Measure guest programs: the engines, qemu-aarch64 and libunicorn2 side by side.",
    footer = {
      "",
      "Million instructions a second, medians; lanes are 128 guests in sum, on all cores.",
      "qemu's start is measured apart and taken off. Peers that are not installed are left out."
    })
public final class EmulateBenchCommand implements Callable<Integer> {
  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private List<Workload> workloads = List.of(Workload.values());

  @Option(
      names = "--executor",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  private List<Executor> executors = List.of(Executor.values());

  @Option(names = "--quick", description = "Fewer and shorter iterations; rougher.")
  private boolean quick;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Machine machine = Machine.here();
    List<Executor> present = EmulationRun.present(executors, err::println);
    Map<Workload, Map<Executor, Double>> speeds = new LinkedHashMap<>();
    for (Workload workload : workloads) {
      EmulationRun run = new EmulationRun(workload, quick);
      Map<Executor, Double> row = new LinkedHashMap<>();
      for (Executor executor : present) {
        if (System.console() != null) {
          err.printf("\r%-60s", "measuring " + workload.label() + " on " + executor.label());
          err.flush();
        }
        row.put(executor, run.mips(executor));
      }
      speeds.put(workload, row);
    }
    StringWriter text = new StringWriter();
    PrintWriter report = new PrintWriter(text);
    if (json) {
      report.println(new GsonBuilder().setPrettyPrinting().create().toJson(speeds));
    } else {
      table(report, machine, speeds);
    }
    report.flush();
    Reports.print(text.toString(), out, spec);
    return 0;
  }

  private void table(
      PrintWriter out, Machine machine, Map<Workload, Map<Executor, Double>> speeds) {
    out.printf(
        "Guest programs, model a64. %s.%nMillion instructions a second%s.%n%n",
        machine.text(), quick ? " (quick)" : "");
    out.printf("%-18s", "executor");
    speeds.keySet().forEach(workload -> out.printf(" %12s", workload.label()));
    out.println();
    Executor[] all = Executor.values();
    Arrays.stream(all)
        .filter(executor -> speeds.values().stream().anyMatch(row -> row.containsKey(executor)))
        .forEach(
            executor -> {
              out.printf("%-18s", executor.label());
              speeds.values().forEach(row -> out.printf(" %12.1f", row.get(executor)));
              out.println();
            });
    for (Executor peer : List.of(Executor.QEMU, Executor.UNICORN)) {
      ratios(out, peer, speeds);
    }
  }

  private static void ratios(
      PrintWriter out, Executor peer, Map<Workload, Map<Executor, Double>> speeds) {
    if (speeds.values().stream().anyMatch(row -> !row.containsKey(peer))) {
      return;
    }
    out.printf("%n%-18s%n", "times " + peer.label());
    for (Executor executor : Executor.values()) {
      if (executor == peer
          || speeds.values().stream().anyMatch(row -> !row.containsKey(executor))) {
        continue;
      }
      out.printf("%-18s", executor.label());
      speeds.values().forEach(row -> out.printf(" %12.4f", row.get(executor) / row.get(peer)));
      out.println();
    }
  }
}
