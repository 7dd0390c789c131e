package dev.axon64.bench.accelerate;

import dev.axon64.app.Main;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code axon64 run} in a JVM with the flags of this one, which are the launcher's. */
final class GuestJvm {
  private final Path folder;

  /**
   * @param folder for what the guest writes
   */
  GuestJvm(Path folder) {
    this.folder = folder;
  }

  /**
   * What a command left behind.
   *
   * @param status its exit status
   * @param seconds from its start to its end
   * @param output of the guest
   * @param messages the guest's errors and what Axon64 says
   */
  record Outcome(int status, double seconds, byte[] output, String messages) {}

  /** Runs a command to its end. */
  Outcome run(Program program, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("run");
    command.addAll(options);
    command.addAll(program.arguments());
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
