package dev.axon64.bench.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How long to measure. */
final class EffortOptions {
  @Option(
      names = "--quick",
      description = "Measure one round of less work, which is sooner done, and rougher.")
  private boolean quick;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measure all cases in N rounds. Default: 3, or 1 with --quick.")
  private Optional<Integer> rounds;

  /** Whether less is enough. */
  boolean isQuick() {
    return quick;
  }

  /**
   * What was asked for.
   *
   * @throws dev.axon64.codegen.support.InputException if the number of rounds is out of range
   */
  Effort effort() {
    return Effort.of(quick, rounds);
  }
}
