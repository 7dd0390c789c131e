package dev.axon64.weights.companion;

import dev.axon64.codegen.support.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of this folder. Exit status: 0 done, 2 unusable input. */
@Command(
    name = "companions",
    mixinStandardHelpOptions = true,
    description = "Trains the companion networks.",
    subcommands = {RecordCommand.class, TrainCompanionCommand.class, MeasureCommand.class})
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command and exits. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (e, command, parse) -> {
          if (e instanceof InputException) {
            command.getErr().println("companions: " + e.getMessage());
            return 2;
          }
          throw e;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
