package dev.axon64.bench.programs;

import dev.axon64.bench.ChildTimes;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs programs as processes, one after the other. */
public final class Processes implements ProgramsRun.Runs {
  private final Path folder;
  private final long mostSeconds;

  /**
   * @param folder for what they write
   * @param mostSeconds after which one is ended by force
   */
  public Processes(Path folder, long mostSeconds) {
    this.folder = folder;
    this.mostSeconds = mostSeconds;
  }

  @Override
  public Ended run(Executor executor, WholeProgram program) {
    Path output = folder.resolve(executor.label() + ".out");
    Path messages = folder.resolve(executor.label() + ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(executor.command(program))
              .redirectInput(program.input().toFile())
              .redirectOutput(output.toFile())
              .redirectError(Redirect.to(messages.toFile()));
      long spent = ChildTimes.nanoseconds();
      long start = System.nanoTime();
      int status = status(builder.start());
      return new Ended(
          status,
          new Seconds((System.nanoTime() - start) / 1e9, (ChildTimes.nanoseconds() - spent) / 1e9),
          output,
          Files.readString(messages, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new InputException(executor.label(), "cannot run " + program.name(), e);
    }
  }

  private int status(Process process) {
    try {
      if (process.waitFor(mostSeconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly().waitFor();
      return Ended.ENDLESS;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a guest ran", e);
    }
  }
}
