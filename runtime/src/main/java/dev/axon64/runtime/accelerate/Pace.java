package dev.axon64.runtime.accelerate;

/** How long an instruction takes that is executed, here and now. */
final class Pace {
  /** What it may take at least and at most, in nanoseconds: waiting for input is no execution. */
  private static final double LEAST = 5;

  private static final double MOST = 100;

  /** Instructions after which the past counts half. */
  private static final long LONG = 10_000_000;

  private long instructions;
  private long nanos;
  private long last = System.nanoTime();

  /** So many instructions were executed since the last call. */
  void executed(long count) {
    long now = System.nanoTime();
    nanos += now - last;
    last = now;
    instructions += count;
    if (instructions > LONG) {
      instructions /= 2;
      nanos /= 2;
    }
  }

  /** Time that was not spent on executing. */
  void paused(long time) {
    last += time;
  }

  /** Nanoseconds for one. */
  double nanosEach() {
    return Math.clamp((double) nanos / Math.max(1, instructions), LEAST, MOST);
  }
}
