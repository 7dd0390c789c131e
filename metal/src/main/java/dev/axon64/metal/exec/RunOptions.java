package dev.axon64.metal.exec;

import dev.axon64.codegen.support.InputException;
import java.time.Duration;
import java.util.Optional;

/**
 * How to run a kernel.
 *
 * @param threads worker threads, at least 1
 * @param threadgroup threads of a threadgroup along each axis; without it rows of at most 256
 * @param timeout the time after which the run fails
 */
public record RunOptions(int threads, Optional<GridSize> threadgroup, Optional<Duration> timeout) {
  static final int MOST_GROUP_THREADS = 1024;

  public RunOptions {
    if (threads < 1) {
      throw new InputException("threads", "at least 1 is needed");
    }
    if (threadgroup.isPresent() && threadgroup.get().threads() > MOST_GROUP_THREADS) {
      throw new InputException(
          "threadgroup", "it has over " + MOST_GROUP_THREADS + " threads; make it smaller");
    }
    if (timeout.isPresent() && !timeout.get().isPositive()) {
      throw new InputException("timeout", "it must be positive");
    }
  }

  /** One worker thread for each core, no timeout. */
  public static RunOptions defaults() {
    return new RunOptions(
        Runtime.getRuntime().availableProcessors(), Optional.empty(), Optional.empty());
  }

  public RunOptions withThreads(int count) {
    return new RunOptions(count, threadgroup, timeout);
  }

  public RunOptions withThreadgroup(GridSize size) {
    return new RunOptions(threads, Optional.of(size), timeout);
  }

  public RunOptions withTimeout(Duration limit) {
    return new RunOptions(threads, threadgroup, Optional.of(limit));
  }
}
