package dev.axon64.propose.accelerate;

/** How long an instruction takes that is executed, here and now. */
final class Pace {
  /** What it may take at least and at most, in nanoseconds: waiting for input is no execution. */
  private static final double LEAST = 5;

  private static final double MOST = 100;

  /** Instructions after which the past counts half. */
  private static final long LONG = 10_000_000;

  /** Instructions that are enough to tell a pace. */
  private static final long WINDOW = 1_000_000;

  private long instructions;
  private long nanos;
  private long windowInstructions;
  private long windowNanos;
  private double fastest = Double.POSITIVE_INFINITY;
  private long last = System.nanoTime();

  /** So many instructions were executed since the last call. */
  void executed(long count) {
    long now = System.nanoTime();
    nanos += now - last;
    windowNanos += now - last;
    last = now;
    instructions += count;
    windowInstructions += count;
    if (windowInstructions > WINDOW) {
      fastest = Math.min(fastest, (double) windowNanos / windowInstructions);
      windowInstructions = 0;
      windowNanos = 0;
    }
    if (instructions > LONG) {
      instructions /= 2;
      nanos /= 2;
    }
  }

  /** Time that was not spent on executing. */
  void paused(long time) {
    last += time;
  }

  /** Nanoseconds for one at the fastest that it ever was, so that a cold start does not count. */
  double fastest() {
    return Math.min(fastest, nanosEach());
  }

  /** Nanoseconds for one. */
  double nanosEach() {
    return Math.clamp((double) nanos / Math.max(1, instructions), LEAST, MOST);
  }
}
