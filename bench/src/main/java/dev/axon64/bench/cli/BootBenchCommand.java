package dev.axon64.bench.cli;

import dev.axon64.bench.boot.BootCase;
import dev.axon64.bench.boot.BootRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench boot}: a whole machine beside QEMU's. */
@Command(
    name = "boot",
    mixinStandardHelpOptions = true,
    description = "Measure boots of Linux beside qemu-system-aarch64, and compare what they print.",
    footer = {
      "",
      "The files are those that .ci/boot-files makes, and the same for both.",
      "Exit status: 0 all boots printed the same, 1 they did not, 2 unusable input.",
      "Example: axon64 bench boot --kernel vmlinuz --initrd initrd.gz --quick"
    })
public final class BootBenchCommand implements Callable<Integer> {
  @Option(
      names = "--kernel",
      paramLabel = "FILE",
      required = true,
      description = "Boot this arm64 Linux kernel.")
  private Path kernel;

  @Option(
      names = "--initrd",
      paramLabel = "FILE",
      required = true,
      description = "Give it this initial file system.")
  private Path initial;

  @Mixin private EffortOptions effort;

  @Mixin private FilterOption filter;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int rounds = effort.effort().rounds();
    try (ScratchFolder folder = ScratchFolder.make()) {
      BootRun run = new BootRun(this::command, kernel, initial, folder.path());
      List<BootCase> cases = filter.of(BootCase.all(), BootCase::name);
      if (effort.isQuick()) {
        cases = cases.subList(0, Math.min(1, cases.size()));
      }
      RoundProgress progress = new RoundProgress(spec.commandLine().getErr(), rounds, cases.size());
      Host host = Host.here();
      List<BootRun.Row> rows = new ArrayList<>();
      progress.all(cases, BootCase::name, next -> rows.add(run.run(next)));
      BootTable table = new BootTable(host, rounds, rows);
      output.write(table, spec);
      return table.alike() ? 0 : 1;
    }
  }

  private List<String> command(BootCase boot) {
    List<String> command = GuestJvm.axon64();
    command.addAll(List.of("boot", "--stats", "--dispatch", boot.each() ? "each" : "page"));
    command.addAll(List.of("--kernel", kernel.toString(), "--initrd", initial.toString()));
    command.addAll(List.of("--append", boot.words()));
    return command;
  }
}
