package dev.axon64.runtime.cli;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.isa.InstructionSet;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import dev.axon64.runtime.engine.Engine;
import dev.axon64.runtime.engine.Engines;
import dev.axon64.runtime.engine.Profile;
import dev.axon64.runtime.linux.ExitStatus;
import dev.axon64.runtime.linux.LinuxMachine;
import dev.axon64.runtime.linux.process.Limits;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code axon64 run}: a Linux program under neural dispatch. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run a static AArch64 Linux program, every kernel chosen by the network.",
    footer = {
      "",
      "The exit status is the program's, or 128 and the number of the signal that ended it.",
      "Without --root the program sees nothing of this machine's files but itself."
    })
public final class RunCommand implements Tool, Callable<Integer> {
  private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Parameters(
      index = "0",
      paramLabel = "PROGRAM",
      description = "A file; with --root a path in that folder.")
  private String program;

  @Parameters(index = "1..*", paramLabel = "ARG", description = "What the program is given.")
  private List<String> arguments = List.of();

  @Option(
      names = "--dispatch",
      paramLabel = "POLICY",
      description =
          "page (the default): the network decides a page of code at its first execution; each: it"
              + " is asked for every instruction.")
  private Engines.Policy policy = Engines.Policy.PAGE;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder that is / to the program.")
  private Path root;

  @Option(names = "--writable", description = "Let the program change files under --root.")
  private boolean writable;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "A variable of its environment; may be repeated.")
  private List<String> environment = List.of();

  @Option(names = "--cwd", paramLabel = "PATH", description = "Its working folder; / by default.")
  private String folder = "/";

  @Option(names = "--stdin", paramLabel = "FILE", description = "Its standard input.")
  private Path stdin;

  @Option(names = "--strace", description = "Print its system calls to standard error.")
  private boolean strace;

  @Option(names = "--stats", description = "At the end, print what was executed to standard error.")
  private boolean stats;

  @Option(names = "--stats-json", description = "The same as JSON.")
  private boolean statsJson;

  @ArgGroup(validate = false, heading = "Limits:%n")
  private LimitOptions limits = new LimitOptions();

  /** Bounds of what the guest may use. */
  static final class LimitOptions {
    @Option(
        names = "--max-instructions",
        paramLabel = "N",
        description = "Stop after N instructions; 128 + SIGXCPU.")
    private long instructions = Long.MAX_VALUE;

    @Option(names = "--max-memory", paramLabel = "MIB", description = "Memory; 2048 by default.")
    private long memory = Limits.DEFAULT.memory() >> 20;

    @Option(
        names = "--max-tasks",
        paramLabel = "N",
        description = "Processes and threads; 256 by default.")
    private int tasks = Limits.DEFAULT.tasks();

    @Option(names = "--max-files", paramLabel = "N", description = "Open files; 1024 by default.")
    private int files = Limits.DEFAULT.files();

    @Option(
        names = "--max-file-size",
        paramLabel = "MIB",
        description = "Size of a file it writes; 1024 by default.")
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

  /** What stands behind the program is the program's, options too. */
  @Spec
  void setSpec(CommandSpec command) {
    command.parser().stopAtPositional(true);
    spec = command;
  }

  @Override
  public Integer call() throws IOException {
    Network network = model.network();
    Supplier<? extends Dispatcher> dispatchers = Engines.dispatchers(network);
    Profile profile = stats || statsJson ? new Profile() : null;
    Supplier<Engine> engines = Engines.of(policy, dispatchers, profile);
    PrintWriter err = spec.commandLine().getErr();
    LinuxMachine machine =
        builder(engines).messages(line -> err.println("axon64: " + line)).stdin(input()).build();
    long start = System.nanoTime();
    ExitStatus status = machine.run();
    long nanoseconds = System.nanoTime() - start;
    explain(status, err);
    if (profile != null) {
      new RunReport(network.spec(), status, nanoseconds, profile)
          .print(statsJson ? RunReport.Format.JSON : RunReport.Format.TABLE, err);
    }
    err.flush();
    return status.shellCode();
  }

  private LinuxMachine.Builder builder(Supplier<Engine> engines) {
    Disassembler[] text = new Disassembler[1];
    LinuxMachine.Builder builder =
        new LinuxMachine.Builder(engines)
            .program(program)
            .arguments(arguments)
            .environment(checkedEnvironment())
            .writable(writable)
            .workingFolder(folder)
            .limits(limits.limits())
            .stdout(new FileOutputStream(FileDescriptor.out))
            .stderr(new FileOutputStream(FileDescriptor.err))
            .disassembler(
                (word, address) -> {
                  if (text[0] == null) {
                    text[0] = new Disassembler(InstructionSet.a64());
                  }
                  return text[0].text(word, address);
                });
    boolean terminal = System.console() != null && System.console().isTerminal();
    builder.terminals(terminal && stdin == null, terminal, terminal);
    if (root != null) {
      builder.root(root);
    }
    if (strace) {
      PrintWriter err = spec.commandLine().getErr();
      builder.strace(err::println);
    }
    return builder;
  }

  private List<String> checkedEnvironment() {
    List<String> checked = new ArrayList<>();
    for (String variable : environment) {
      if (variable.indexOf('=') < 1) {
        throw new InputException("--env " + variable, "is no NAME=VALUE");
      }
      checked.add(variable);
    }
    return checked;
  }

  private InputStream input() {
    if (stdin == null) {
      return new FileInputStream(FileDescriptor.in);
    }
    try {
      return Files.newInputStream(stdin);
    } catch (IOException e) {
      throw new InputException("--stdin " + stdin, "cannot be read", e);
    }
  }

  /** Says why the machine ended where the exit status alone would not. */
  private void explain(ExitStatus status, PrintWriter err) {
    switch (status.ending()) {
      case INSTRUCTION_LIMIT ->
          err.println(
              "axon64: stopped after "
                  + status.instructions()
                  + " instructions (--max-instructions)");
      case INTERRUPTED -> err.println("axon64: interrupted");
      default -> {}
    }
  }
}
