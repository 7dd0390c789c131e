package dev.axon64.weights.companion;

import dev.axon64.codegen.support.InputException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands of this folder. Exit status: 0 done, 1 refused, 2 unusable input, 3 a bug in Axon64.
 */
@Command(
    name = "axon64",
    mixinStandardHelpOptions = true,
    description = "Trains the companion networks.",
    subcommands = {
      FineTuneCommand.class,
      RecordCommand.class,
      TrainCompanionCommand.class,
      MeasureCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Runs a command and exits. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments));
  }

  /** Runs a command and returns its exit status. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler((e, command, parse) -> failed(e, command));
    line.setParameterExceptionHandler(
        (e, rest) -> {
          CommandLine command = e.getCommandLine();
          command.getErr().println("axon64: " + e.getMessage().lines().findFirst().orElse(""));
          command
              .getErr()
              .println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
          return 2;
        });
    return line.execute(arguments);
  }

  private static int failed(Exception e, CommandLine command) {
    if (e instanceof InputException) {
      command.getErr().println("axon64: " + e.getMessage());
      return 2;
    }
    e.printStackTrace(command.getErr());
    command.getErr().println("axon64: a bug in Axon64: " + e + "; please report it");
    return 3;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
