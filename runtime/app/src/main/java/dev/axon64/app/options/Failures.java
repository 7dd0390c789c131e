package dev.axon64.app.options;

import dev.axon64.codegen.support.InputException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * How every command line tells that it failed: one line on standard error, and the exit status 2
 * for unusable input or 3 for a bug in Axon64. A mixin of the root command.
 */
public final class Failures {
  private static final int UNUSABLE_INPUT = 2;
  private static final int BUG = 3;

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "On an error, print where in Axon64 it arose.")
  private boolean verbose;

  /**
   * Lets a root command and all its subcommands tell failures in this way.
   *
   * @return the same root command
   */
  public CommandLine toldBy(CommandLine root) {
    return root.setExecutionExceptionHandler((e, command, parse) -> failed(e, command.getErr()))
        .setParameterExceptionHandler((e, rest) -> unusable(e, e.getCommandLine()));
  }

  private static int unusable(CommandLine.ParameterException e, CommandLine command) {
    PrintWriter err = command.getErr();
    String word =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched().getFirst().replaceFirst("=.*", "")
            : "";
    boolean isCommand = !word.startsWith("-") && !command.getSubcommands().isEmpty();
    List<String> meant = Likeness.meant(word, isCommand ? commands(command) : options(command));
    err.println("axon64: " + (isCommand && !word.isEmpty() ? word + ": no such command" : told(e)));
    if (!word.isEmpty() && !meant.isEmpty()) {
      err.println("Did you mean " + String.join(" or ", meant) + "?");
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return UNUSABLE_INPUT;
  }

  private static String told(CommandLine.ParameterException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  private static Collection<String> commands(CommandLine command) {
    return command.getSubcommands().keySet();
  }

  private static Collection<String> options(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet();
  }

  private int failed(Exception e, PrintWriter err) {
    if (verbose) {
      e.printStackTrace(err);
    }
    if (e instanceof InputException) {
      err.println("axon64: " + e.getMessage());
      return UNUSABLE_INPUT;
    }
    err.println(
        "axon64: a bug in Axon64: "
            + e
            + (verbose ? "" : "; --verbose shows where; please report it"));
    return BUG;
  }
}
