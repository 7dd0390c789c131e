package dev.axon64.propose.accelerate;

/** Measures how long it takes to execute an instruction. */
final class Pace {
  /** The least that an instruction is taken to cost, in nanoseconds. */
  private static final double LEAST = 5;

  /** The most, in nanoseconds: a guest that waits for input executes nothing. */
  private static final double MOST = 100;

  /** The number of instructions after which older ones count half. */
  private static final long LONG = 10_000_000;

  /** The number of instructions over which the fastest pace is measured. */
  private static final long WINDOW = 1_000_000;

  private long instructions;
  private long nanos;
  private long windowInstructions;
  private long windowNanos;
  private double fastest = Double.POSITIVE_INFINITY;
  private long last = System.nanoTime();

  /** Notes that so many instructions were executed since the last call. */
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

  /** Leaves out time, in nanoseconds, that was not spent on executing. */
  void paused(long time) {
    last += time;
  }

  /** The fewest nanoseconds per instruction so far, without the cold start. */
  double fastest() {
    return Math.min(fastest, nanosEach());
  }

  /** The nanoseconds per instruction, recently. */
  double nanosEach() {
    return Math.clamp((double) nanos / Math.max(1, instructions), LEAST, MOST);
  }
}
