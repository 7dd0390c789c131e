package dev.axon64.app.guest;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.process.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program of a command that runs one, and what it may see and use. */
public final class GuestOptions {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description = "The program: a file, or with --root a path in that folder.")
  private Optional<String> program;

  @Parameters(index = "1..*", paramLabel = "ARG", description = "The program's arguments.")
  private List<String> arguments = List.of();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Show the program this folder as /. Without it, it sees no file but itself.")
  private Optional<Path> root;

  @Option(
      names = {"-L", "--sysroot"},
      paramLabel = "DIR",
      description =
          "Look for the program's absolute paths in this folder first, as qemu-user does."
              + " It is never written to.")
  private Optional<Path> sysroot;

  @Option(names = "--writable", description = "Let the program change files under --root.")
  private boolean writable;

  @Option(
      names = {"-E", "--env"},
      paramLabel = "NAME[=VALUE]",
      description =
          "Set a variable of the program's environment; without a value, to that of axon64's own."
              + " Repeatable.")
  private List<String> environment = List.of();

  @Option(
      names = "--env-host",
      description = "Give the program all variables of axon64's own environment.")
  private boolean hostEnvironment;

  @Option(
      names = "--cwd",
      paramLabel = "PATH",
      description = "Start the program in this working folder. Default: /.")
  private Optional<String> folder;

  @Option(
      names = "--stdin",
      paramLabel = "FILE",
      description = "Give the program this file as standard input. Default: that of axon64.")
  private Optional<Path> stdin;

  @Option(
      names = "--net",
      paramLabel = "NAME",
      description =
          "Where its sockets lead: none (to the program's own processes only) or host (through this"
              + " computer's network). Default: none.")
  private String network = "none";

  @ArgGroup(validate = false, heading = "Limits:%n")
  private LimitOptions limits = new LimitOptions();

  /** Bounds of what the guest may use. */
  static final class LimitOptions {
    @Option(
        names = "--max-instructions",
        paramLabel = "N",
        description =
            "Stop the program after N instructions, with exit status 152 (128 + SIGXCPU)."
                + " Default: no limit.")
    private long instructions = Long.MAX_VALUE;

    @Option(
        names = "--max-memory",
        paramLabel = "MIB",
        description = "Limit its memory, in MiB. Default: ${DEFAULT-VALUE}.")
    private long memory = Limits.DEFAULT.memory() >> 20;

    @Option(
        names = "--max-tasks",
        paramLabel = "N",
        description = "Limit its processes and threads. Default: ${DEFAULT-VALUE}.")
    private int tasks = Limits.DEFAULT.tasks();

    @Option(
        names = "--max-files",
        paramLabel = "N",
        description = "Limit its open files. Default: ${DEFAULT-VALUE}.")
    private int files = Limits.DEFAULT.files();

    @Option(
        names = "--max-file-size",
        paramLabel = "MIB",
        description =
            "Limit the size of each file that it writes, in MiB. Default: ${DEFAULT-VALUE}.")
    private long fileSize = Limits.DEFAULT.fileSize() >> 20;

    Limits limits() {
      return new Limits(
          mebibytes("--max-memory", memory),
          positive("--max-instructions", instructions),
          (int) positive("--max-tasks", tasks),
          (int) positive("--max-files", files),
          mebibytes("--max-file-size", fileSize),
          Limits.DEFAULT.temporary());
    }

    private static long mebibytes(String option, long count) {
      if (count > 1 << 20) {
        throw new InputException(option + " " + count, "is over a tebibyte; give less");
      }
      return positive(option, count) << 20;
    }

    private static long positive(String option, long count) {
      if (count < 1) {
        throw new InputException(
            option + " " + count, "leaves nothing to run with; give 1 or more");
      }
      return count;
    }
  }

  /**
   * What was asked for.
   *
   * @throws InputException if a limit or a variable means nothing
   */
  public GuestRequest request() {
    HostEnvironment host = HostEnvironment.own();
    return new GuestRequest(
        program,
        arguments,
        host.given(environment, hostEnvironment),
        folder,
        root,
        sysroot,
        writable,
        hostNetwork(),
        stdin,
        limits.limits());
  }

  private boolean hostNetwork() {
    return switch (network.toLowerCase(Locale.ROOT)) {
      case "none" -> false;
      case "host" -> true;
      default -> throw new InputException("--net " + network, "is no network; give none or host");
    };
  }
}
