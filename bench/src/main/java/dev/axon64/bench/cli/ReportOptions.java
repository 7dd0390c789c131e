package dev.axon64.bench.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The form of a report, and where it goes. */
final class ReportOptions {
  @Option(names = "--json", description = "Write JSON in place of text.")
  private boolean json;

  @Mixin private ReportFile file;

  /** Writes a report. */
  void write(Report report, CommandSpec spec) {
    file.put(json ? report.json() : report.text(), spec);
  }

  /** Writes a text that has no other form. */
  void write(String text, CommandSpec spec) {
    file.put(text, spec);
  }
}
