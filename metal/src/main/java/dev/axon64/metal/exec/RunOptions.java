package dev.axon64.metal.exec;

import dev.axon64.codegen.support.InputException;
import java.time.Duration;

/**
 * How to run a kernel.
 *
 * @param threads worker threads, at least 1
 * @param threadgroup threads of a threadgroup along each axis, or null for rows of at most 256
 * @param timeout after which the run fails, or null for none
 */
public record RunOptions(int threads, GridSize threadgroup, Duration timeout) {
  static final int MOST_GROUP_THREADS = 1024;

  public RunOptions {
    if (threads < 1) {
      throw new InputException("threads", "at least 1 is needed");
    }
    if (threadgroup != null && threadgroup.threads() > MOST_GROUP_THREADS) {
      throw new InputException(
          "threadgroup", "it has over " + MOST_GROUP_THREADS + " threads; make it smaller");
    }
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new InputException("timeout", "it must be positive");
    }
  }

  /** One worker thread for each core, no timeout. */
  public static RunOptions defaults() {
    return new RunOptions(Runtime.getRuntime().availableProcessors(), null, null);
  }

  public RunOptions withThreads(int count) {
    return new RunOptions(count, threadgroup, timeout);
  }

  public RunOptions withThreadgroup(GridSize size) {
    return new RunOptions(threads, size, timeout);
  }

  public RunOptions withTimeout(Duration limit) {
    return new RunOptions(threads, threadgroup, limit);
  }
}
