package dev.axon64.bench.cli;

import dev.axon64.app.Tool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code axon64 bench}: the parent of the benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure speed, side by side with peers.",
    subcommands = {
      DispatchBenchCommand.class,
      EmulateBenchCommand.class,
      SnapshotBenchCommand.class,
      CompanionsBenchCommand.class,
      AccelerateBenchCommand.class,
      ProgramsBenchCommand.class,
      BootBenchCommand.class,
      FuzzBenchCommand.class,
      GpuBenchCommand.class
    })
public final class BenchCommand implements Tool {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }
}
