package dev.axon64.bench.cli;

import dev.axon64.bench.accelerate.AccelerationRun;
import dev.axon64.bench.accelerate.Program;
import dev.axon64.bench.accelerate.Programs;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench accelerate}: whole commands with and without acceleration. */
@Command(
    name = "accelerate",
    mixinStandardHelpOptions = true,
    description = "Measure what 'axon64 run --accelerate all' is worth, as whole commands.",
    footer = {
      "",
      "Each program runs without and with acceleration in turn, in JVMs of its own, and once more"
          + " in runs that are not timed, to count instructions. AXON64_BUSYBOX names an arm64"
          + " busybox, AXON64_LS an arm64 ls in a root file system with the C library; without them"
          + " those are left out.",
      "Exit status: 0 all programs ended alike, 1 they did not, 2 unusable input.",
      "Example: axon64 bench accelerate --quick --filter 'copy|busybox'"
    })
public final class AccelerateBenchCommand implements Callable<Integer> {
  @Mixin private EffortOptions effort;

  @Mixin private FilterOption filter;

  @Option(
      names = "--list",
      description = "Print the programs and their arguments, and measure nothing.")
  private boolean list;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int rounds = effort.effort().rounds();
    PrintWriter err = spec.commandLine().getErr();
    ScratchFolder folder = ScratchFolder.make();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> GuestJvm.end(folder)));
    List<Program> programs =
        filter.of(Programs.in(folder.path(), effort.isQuick(), err::println), Program::name);
    if (list) {
      output.write(listed(programs), spec);
      return 0;
    }
    Host host = Host.here();
    RoundProgress progress = new RoundProgress(err, rounds, programs.size());
    AccelerationRun.Result result =
        new AccelerationRun(new GuestJvm(folder.path()), progress::next).run(programs, rounds);
    AccelerationTable table = new AccelerationTable(host, rounds, effort.isQuick(), result);
    output.write(table, spec);
    return table.alike() ? 0 : 1;
  }

  private static String listed(List<Program> programs) {
    StringBuilder text = new StringBuilder();
    for (Program program : programs) {
      String words = String.join(" ", GuestJvm.words(program));
      text.append("%-22s %s%n".formatted(program.name(), words));
    }
    return text.toString();
  }
}
