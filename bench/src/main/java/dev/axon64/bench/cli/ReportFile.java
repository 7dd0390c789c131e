package dev.axon64.bench.cli;

import dev.axon64.codegen.support.AtomicFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a report goes. */
final class ReportFile {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the report to this file. Default: standard output.")
  private Optional<Path> out;

  /** Puts a report there. */
  void put(String report, CommandSpec spec) {
    if (out.isPresent()) {
      AtomicFiles.write(out.get(), report);
      return;
    }
    PrintWriter screen = spec.commandLine().getOut();
    screen.print(report);
    screen.flush();
  }
}
