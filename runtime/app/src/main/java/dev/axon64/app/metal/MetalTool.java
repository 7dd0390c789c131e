package dev.axon64.app.metal;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code axon64 metal}: shaders without a GPU. */
@Command(
    name = "metal",
    description = "Check Metal shaders and run their kernels on this machine's cores.",
    mixinStandardHelpOptions = true,
    subcommands = {RunCommand.class, CheckCommand.class})
public final class MetalTool implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "metal needs a subcommand: run or check");
  }
}
