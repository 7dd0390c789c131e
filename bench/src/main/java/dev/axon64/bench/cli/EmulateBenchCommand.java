package dev.axon64.bench.cli;

import dev.axon64.bench.Shots.Time;
import dev.axon64.bench.emulate.EmulationRun;
import dev.axon64.bench.emulate.GuestExecutor;
import dev.axon64.bench.emulate.Workload;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Million instructions a second, medians, when compilers have settled; lanes are 128 guests in"
          + " sum, on all cores. qemu's start is measured apart and taken off. Flat code, whose"
          + " functions are all called in turn, is measured cold and reported by itself. Peers that"
          + " are not installed are left out.",
      "Example: axon64 bench emulate --quick --workload crc,sort"
    })
public final class EmulateBenchCommand implements Callable<Integer> {
  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      description = "Measure only these workloads: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Workload> workloads = List.of(Workload.values());

  @Option(
      names = "--executor",
      paramLabel = "NAME",
      split = ",",
      description = "Measure only these executors: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<GuestExecutor> executors = List.of(GuestExecutor.values());

  @Option(
      names = "--quick",
      description = "Measure fewer iterations, which is sooner done, and rougher.")
  private boolean quick;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Host host = Host.here();
    List<GuestExecutor> present = EmulationRun.present(executors, err::println);
    Map<Workload, Map<GuestExecutor, Double>> speeds = new LinkedHashMap<>();
    Map<GuestExecutor, Time> flat = new LinkedHashMap<>();
    double flatInstructions = 0;
    for (Workload workload : workloads) {
      EmulationRun run = new EmulationRun(workload, quick);
      if (workload.isHot()) {
        speeds.put(workload, measured(present, workload, run::mips));
      } else {
        // Lanes are for many guests.
        List<GuestExecutor> single = present.stream().filter(one -> one.guests() == 1).toList();
        flat.putAll(measured(single, workload, run::cold));
        flatInstructions = run.coldInstructions();
      }
    }
    output.write(new EmulationTable(host, quick, speeds, flat, flatInstructions), spec);
    return 0;
  }

  private <T> Map<GuestExecutor, T> measured(
      List<GuestExecutor> executors, Workload workload, Function<GuestExecutor, T> measure) {
    PrintWriter err = spec.commandLine().getErr();
    Map<GuestExecutor, T> row = new LinkedHashMap<>();
    for (GuestExecutor executor : executors) {
      if (System.console() != null) {
        err.printf("\r%-60s", "measuring " + workload.label() + " on " + executor.label());
        err.flush();
      }
      row.put(executor, measure.apply(executor));
    }
    return row;
  }
}
