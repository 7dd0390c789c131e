package dev.axon64.weights.companion;

import dev.axon64.app.options.Failures;
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
    description = "Train the companion networks.",
    subcommands = {
      FineTuneCommand.class,
      RecordCommand.class,
      TrainCompanionCommand.class,
      MeasureCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private Failures failures = new Failures();

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
    return commandLine().setOut(out).setErr(err).execute(arguments);
  }

  /** The root command with all subcommands, ready to be executed. */
  static CommandLine commandLine() {
    Main main = new Main();
    return main.failures.toldBy(new CommandLine(main));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
