package dev.axon64.app;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The root command. Subcommands are the {@link Tool} services on the class path. Exit status: 0
 * done, 1 done with a bad verdict, 2 unusable input, 3 a bug in Axon64.
 */
@Command(
    name = "axon64",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "A64 words dispatched by a certified neural network.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "axon64 COMMAND --help tells more of each."})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "On an error, print where in Axon64 it arose.")
  private boolean verbose;

  /** Runs the command line and exits. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command line and returns its exit status. */
  public static int run(String... arguments) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    ServiceLoader.load(Tool.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(tool -> new CommandLine(tool))
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(tool -> line.addSubcommand(tool.getCommandName(), tool));
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parse) -> main.failed(e, command));
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

  private int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (verbose) {
      e.printStackTrace(err);
    }
    if (e instanceof InputException) {
      err.println("axon64: " + e.getMessage());
      return 2;
    }
    err.println(
        "axon64: a bug in Axon64: "
            + e
            + (verbose ? "" : "; --verbose shows where; please report it"));
    return 3;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The version that the build stamped into the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "axon64 " + (version == null ? "(unpackaged)" : version),
        "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name")
      };
    }
  }
}
