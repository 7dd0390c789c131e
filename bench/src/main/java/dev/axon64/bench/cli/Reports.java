package dev.axon64.bench.cli;

import dev.axon64.codegen.support.AtomicFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Where reports go. */
final class Reports {
  private Reports() {}

  /**
   * @param file null for the screen
   */
  static void print(String text, Path file, CommandSpec spec) {
    if (file != null) {
      AtomicFiles.write(file, text);
      return;
    }
    PrintWriter screen = spec.commandLine().getOut();
    screen.print(text);
    screen.flush();
  }
}
