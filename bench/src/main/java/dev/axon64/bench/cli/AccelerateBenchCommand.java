package dev.axon64.bench.cli;

import dev.axon64.bench.accelerate.AccelerationRun;
import dev.axon64.bench.accelerate.Program;
import dev.axon64.bench.accelerate.Programs;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench accelerate}: whole commands with and without acceleration. */
@Command(
    name = "accelerate",
    mixinStandardHelpOptions = true,
    description = "Measure what run --accelerate all is worth, as whole commands.",
    footer = {
      "",
      "Each program runs without and with acceleration in turn, in JVMs of its own; each is also",
      "counted once in runs that are not timed. AXON64_BUSYBOX names an arm64 busybox, AXON64_LS an",
      "arm64 ls in a root file system with the C library; without them those are left out.",
      "Exit status: 0 all programs ended alike, 1 they did not, 2 unusable input.",
      "Example: axon64 bench accelerate --quick --filter 'copy|busybox'"
    })
public final class AccelerateBenchCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;

  @Option(names = "--quick", description = "One round of a tenth of the work; start counts more.")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "Times each is timed. Default: 3.")
  private Integer rounds;

  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      description = "Only programs it is found in, named like 'busybox gzip'.")
  private String filter;

  @Option(names = "--list", description = "Only print the programs and their arguments.")
  private boolean list;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int times = rounds == null ? quick ? 1 : ROUNDS : Effort.checked(rounds);
    Path folder = temporary();
    PrintWriter err = spec.commandLine().getErr();
    // Who interrupts a run of an hour wants neither its guest nor its files to stay.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder, err)));
    List<Program> programs =
        Filter.matching(Programs.in(folder, quick, err::println), Program::name, filter);
    if (list) {
      Reports.print(listed(programs), out, spec);
      return 0;
    }
    Machine machine = Machine.here();
    RoundProgress progress = new RoundProgress(err, times, programs.size());
    AccelerationRun.Result result =
        new AccelerationRun(folder, (round, at, next) -> progress.next(round, at, next.name()))
            .run(programs, times);
    AccelerationTable table = new AccelerationTable(machine, times, quick, result);
    Reports.print(json ? table.json() : table.text(), out, spec);
    return table.alike() ? 0 : 1;
  }

  private static String listed(List<Program> programs) {
    StringBuilder text = new StringBuilder();
    for (Program program : programs) {
      text.append("%-22s %s%n".formatted(program.name(), program.commandLine()));
    }
    return text.toString();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("axon64-bench");
    } catch (IOException e) {
      throw new InputException(
          System.getProperty("java.io.tmpdir"), "no folder can be made here; set TMPDIR", e);
    }
  }

  private static void end(Path folder, PrintWriter err) {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      err.println("axon64: " + folder + " cannot be deleted: " + e.getMessage());
      err.flush();
    }
  }
}
