package dev.axon64.metal.exec;

import dev.axon64.codegen.support.InputException;

/** How many threads a kernel runs along each axis; all at least 1. */
public record GridSize(long width, long height, long depth) {
  private static final long MOST_THREADS = 1L << 40;

  public GridSize {
    if (width < 1 || height < 1 || depth < 1) {
      throw new InputException("grid", "each of its sizes must be at least 1");
    }
    if (width > MOST_THREADS
        || height > MOST_THREADS / width
        || depth > MOST_THREADS / (width * height)) {
      throw new InputException("grid", "more than 2^40 threads; run it in parts");
    }
  }

  /** One row of threads. */
  public static GridSize of(long width) {
    return new GridSize(width, 1, 1);
  }

  /** The number of all threads. */
  public long threads() {
    return width * height * depth;
  }
}
