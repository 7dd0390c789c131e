package dev.axon64.app.train;

import dev.axon64.codegen.support.InputException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The threads that sweep words through a network. */
final class ThreadOptions {
  private static final int MOST = 256;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Certify with N threads. Default: one for each processor.")
  private Optional<Integer> threads;

  /**
   * How many.
   *
   * @throws InputException if they are none, or over 256
   */
  int count() {
    int count = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    if (threads.isPresent() && (count < 1 || count > MOST)) {
      throw new InputException("--threads " + count, "must be from 1 to " + MOST);
    }
    return count;
  }
}
