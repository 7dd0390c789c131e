package dev.axon64.bench.cli;

import dev.axon64.bench.programs.Executor;
import dev.axon64.bench.programs.Processes;
import dev.axon64.bench.programs.Programs;
import dev.axon64.bench.programs.ProgramsRun;
import dev.axon64.bench.programs.WholeProgram;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench programs}: whole processes beside qemu. */
@Command(
    name = "programs",
    mixinStandardHelpOptions = true,
    description = "Measure whole processes of well-known programs, start included, beside qemu.",
    footer = {
      "",
      "Each program runs on qemu-aarch64 and on each engine in turn, in processes of their own;"
          + " output and exit status are compared. A program that is not in the root is named and"
          + " left out.",
      "Exit status: 0 all programs ended alike, 1 they did not, 2 unusable input.",
      "Example: axon64 bench programs --root debian-arm64 --quick --filter 'lua|xz'"
    })
public final class ProgramsBenchCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "A folder into which Debian's arm64 packages are unpacked: python3-minimal, perl, lua5.4,"
              + " luajit, ruby3.1, sqlite3, gawk, gzip, xz-utils, bzip2, zstd, coreutils, gcc-12,"
              + " ffmpeg, and what they depend on.")
  private Optional<Path> root;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      split = ",",
      description = "Run on these engines. Default: ${DEFAULT-VALUE}.",
      defaultValue = "translated,scalar")
  private List<String> engines;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "End what has not ended after so long. Default: ${DEFAULT-VALUE}.",
      defaultValue = "900")
  private long limit;

  @Mixin private EffortOptions effort;

  @Mixin private FilterOption filter;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int rounds = effort.effort().rounds();
    PrintWriter err = spec.commandLine().getErr();
    ScratchFolder folder = ScratchFolder.make();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> GuestJvm.end(folder)));
    List<String> missing = new ArrayList<>();
    Optional<Path> absolute = root.map(path -> path.toAbsolutePath().normalize());
    List<WholeProgram> programs =
        filter.of(
            Programs.in(absolute, folder.path(), effort.isQuick(), missing::add),
            WholeProgram::name);
    List<Executor> executors = new ArrayList<>(List.of(Executor.qemu()));
    engines.forEach(engine -> executors.add(GuestJvm.executor(engine)));
    Host host = Host.here();
    RoundProgress progress = new RoundProgress(err, rounds, programs.size());
    ProgramsRun.Result result =
        new ProgramsRun(executors, new Processes(folder.path(), limit), progress::next)
            .run(programs, rounds);
    ProgramsTable table =
        new ProgramsTable(host, rounds, effort.isQuick(), executors, missing, result);
    output.write(table, spec);
    return table.alike() ? 0 : 1;
  }
}
