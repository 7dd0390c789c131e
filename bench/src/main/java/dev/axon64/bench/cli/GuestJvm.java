package dev.axon64.bench.cli;

import dev.axon64.app.Main;
import dev.axon64.bench.accelerate.AccelerationRun;
import dev.axon64.bench.accelerate.Outcome;
import dev.axon64.bench.accelerate.Program;
import dev.axon64.bench.programs.Executor;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs by {@code axon64 run}, each in a JVM of its own. */
final class GuestJvm implements AccelerationRun.Commands {
  private final Path folder;

  /**
   * @param folder for what the guest writes
   */
  GuestJvm(Path folder) {
    this.folder = folder;
  }

  @Override
  public Outcome run(Program program, AccelerationRun.Mode mode) {
    List<String> command = axon64();
    command.add("run");
    command.addAll(List.of("--engine", "scalar"));
    command.addAll(List.of("--accelerate", mode.accelerated() ? "all" : "none"));
    if (mode.counted()) {
      command.add("--stats-json");
    }
    command.addAll(words(program));
    Path output = folder.resolve("stdout");
    Path messages = folder.resolve("stderr");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Redirect.from(empty().toFile()))
              .redirectOutput(output.toFile())
              .redirectError(messages.toFile());
      long start = System.nanoTime();
      int status = waitFor(builder.start());
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Outcome(
          status,
          seconds,
          Files.readAllBytes(output),
          Files.readString(messages, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new InputException(program.name(), "could not be run: " + e.getMessage(), e);
    }
  }

  /** The beginning of a command: the launcher, as users start it, or a JVM like this one. */
  static List<String> axon64() {
    List<String> command = new ArrayList<>();
    String launcher = System.getProperty("axon64.launcher");
    if (launcher != null) {
      command.add(launcher);
      return command;
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return command;
  }

  /** An engine of Axon64 as what executes programs. */
  static Executor executor(String engine) {
    List<String> command = axon64();
    command.addAll(List.of("run", "--engine", engine));
    return new Executor(engine, command, "--root", "--env", false);
  }

  /**
   * Ends guests and removes their files: somebody who interrupts a run of an hour wants neither to
   * stay.
   */
  static void end(ScratchFolder folder) {
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    folder.close();
  }

  /** What a user would write behind {@code axon64 run}. */
  static List<String> words(Program program) {
    List<String> words = new ArrayList<>();
    program
        .sandbox()
        .ifPresent(
            sandbox -> {
              words.addAll(List.of("--root", sandbox.root().toString()));
              sandbox.folder().ifPresent(work -> words.addAll(List.of("--cwd", work)));
              sandbox.environment().forEach(variable -> words.addAll(List.of("--env", variable)));
            });
    words.add(program.file());
    words.addAll(program.arguments());
    return words;
  }

  /** Those of the launcher; what a debugger or a build adds is not for guests. */
  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-javaagent:") && !flag.startsWith("-agentlib:"))
        .toList();
  }

  private Path empty() throws IOException {
    Path file = folder.resolve("stdin");
    return Files.exists(file) ? file : Files.createFile(file);
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a guest ran", e);
    }
  }
}
