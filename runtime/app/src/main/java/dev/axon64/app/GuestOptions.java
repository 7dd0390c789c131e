package dev.axon64.app;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.engine.Engine;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program of a command that runs one, and what it may see and use. */
final class GuestOptions {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PROGRAM",
      description = "A file; with --root a path in that folder.")
  private String program;

  @Parameters(index = "1..*", paramLabel = "ARG", description = "What the program is given.")
  private List<String> arguments = List.of();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The root folder: what is / to the program.")
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

  /** The most instructions it may execute; {@link Long#MAX_VALUE} if nobody set a bound. */
  long mostInstructions() {
    return limits.instructions;
  }

  /** Whether there is a root folder. */
  boolean hasRoot() {
    return root != null;
  }

  /** Whether a program was named. */
  boolean hasProgram() {
    return program != null;
  }

  /** A machine for the program; messages are the caller's to set. */
  LinuxMachine.Builder builder(Supplier<Engine> engines) {
    if (program == null) {
      throw new InputException("PROGRAM", "is missing; name the program to run");
    }
    return machine(engines)
        .program(program)
        .arguments(arguments)
        .environment(checkedEnvironment())
        .workingFolder(folder);
  }

  /** A machine for what is not a program; likewise. */
  LinuxMachine.Builder machine(Supplier<Engine> engines) {
    Disassembler[] text = new Disassembler[1];
    LinuxMachine.Builder builder =
        new LinuxMachine.Builder(engines)
            .writable(writable)
            .limits(limits.limits())
            .stdin(input())
            .stdout(new FileOutputStream(FileDescriptor.out))
            .stderr(new FileOutputStream(FileDescriptor.err))
            .disassembler(
                (word, address) -> {
                  if (text[0] == null) {
                    text[0] = new Disassembler(InstructionSpec.a64());
                  }
                  return text[0].text(word, address);
                });
    builder.terminals(
        stdin == null && Terminals.STDIN.isTerminal(),
        Terminals.STDOUT.isTerminal(),
        Terminals.STDERR.isTerminal());
    if (root != null) {
      builder.root(root);
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
}
