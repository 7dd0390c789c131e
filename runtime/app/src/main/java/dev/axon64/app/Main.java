package dev.axon64.app;

import dev.axon64.app.batch.BatchCommand;
import dev.axon64.app.boot.BootCommand;
import dev.axon64.app.devices.DevicesCommand;
import dev.axon64.app.disasm.DisasmCommand;
import dev.axon64.app.dispatch.DispatchCommand;
import dev.axon64.app.generate.GenerateCommand;
import dev.axon64.app.metal.MetalTool;
import dev.axon64.app.options.Failures;
import dev.axon64.app.profile.ProfileCommand;
import dev.axon64.app.run.DemoCommand;
import dev.axon64.app.run.RunCommand;
import dev.axon64.app.trace.TraceCommand;
import dev.axon64.app.train.CertifyCommand;
import dev.axon64.app.train.ExtendCommand;
import dev.axon64.app.train.LearnCommand;
import dev.axon64.app.train.TrainCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The root command. Its subcommands are those of this module, and the {@link Tool} services of
 * others. Exit status: 0 done, 1 done with a bad verdict, 2 unusable input, 3 a bug in Axon64.
 */
@Command(
    name = "axon64",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Emulate A64 programs, each kernel chosen by a certified neural network.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Run 'axon64 COMMAND --help' for the options of a command."})
public final class Main implements Runnable {
  /** The commands of this module by their names. */
  static final Map<String, Supplier<Object>> OWN =
      Map.ofEntries(
          Map.entry("batch", BatchCommand::new),
          Map.entry("boot", BootCommand::new),
          Map.entry("certify", CertifyCommand::new),
          Map.entry("demo", DemoCommand::new),
          Map.entry("devices", DevicesCommand::new),
          Map.entry("disasm", DisasmCommand::new),
          Map.entry("dispatch", DispatchCommand::new),
          Map.entry("extend", ExtendCommand::new),
          Map.entry("generate", GenerateCommand::new),
          Map.entry("learn", LearnCommand::new),
          Map.entry("metal", MetalTool::new),
          Map.entry("profile", ProfileCommand::new),
          Map.entry("run", RunCommand::new),
          Map.entry("trace", TraceCommand::new),
          Map.entry("train", TrainCommand::new));

  /** The resource that says which commit was built; its path from the top of the classes. */
  public static final String COMMIT = "dev/axon64/app/commit.txt";

  @Spec private CommandSpec spec;

  @Mixin private Failures failures = new Failures();

  /** Runs the command line and exits. */
  public static void main(String[] arguments) {
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.exit(run(out, RawArguments.of(arguments)));
  }

  /** Runs the command line and returns its exit status. */
  public static int run(String... arguments) {
    return run(new StandardOutput(System.out), arguments);
  }

  /**
   * Runs the command line. What it prints may be incomplete only if the exit status says so.
   *
   * @param out takes what it prints
   */
  static int run(StandardOutput out, String... arguments) {
    Supplier<Object> named = arguments.length == 0 ? null : OWN.get(arguments[0]);
    // Reading what all commands can do would take longer than many a guest runs.
    Stream<Object> commands = named == null ? all() : Stream.of(named.get());
    CommandLine line = commandLine(commands).setOut(out.writer());
    return out.finish(line.execute(arguments), line.getErr());
  }

  /** The root command with all subcommands, ready to be executed. */
  public static CommandLine commandLine() {
    return commandLine(all());
  }

  private static CommandLine commandLine(Stream<Object> commands) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    commands
        .map(CommandLine::new)
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(command -> line.addSubcommand(command.getCommandName(), command));
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    Screen.of(System.getenv()).applyTo(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return main.failures.toldBy(line);
  }

  private static Stream<Object> all() {
    return Stream.concat(
        OWN.values().stream().map(Supplier::get),
        ServiceLoader.load(Tool.class).stream().map(ServiceLoader.Provider::get));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The version that the build stamped into the jar's manifest, and the commit that was built. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      String version = Main.class.getPackage().getImplementationVersion();
      String commit = commit();
      return new String[] {
        "axon64 "
            + (version == null ? "(unpackaged)" : version)
            + (commit.isEmpty() ? "" : ", commit " + commit),
        "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name")
      };
    }

    private static String commit() throws IOException {
      try (InputStream in = Main.class.getClassLoader().getResourceAsStream(COMMIT)) {
        return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    }
  }
}
