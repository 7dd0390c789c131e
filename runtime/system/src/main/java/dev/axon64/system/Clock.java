package dev.axon64.system;

/**
 * The machine's time, in units of its counter, which are nanoseconds. It follows from the
 * instructions that were executed and the pauses in which nobody executed any, so that each run of
 * a machine has the same times.
 */
final class Clock {
  private final int perInstruction;
  private long base;
  private long executed;

  /**
   * @param perInstruction the nanoseconds that an instruction takes
   */
  Clock(int perInstruction) {
    this.perInstruction = perInstruction;
  }

  /** The time now. */
  long now() {
    return base + executed * perInstruction;
  }

  /** Counts instructions. */
  void executed(long instructions) {
    executed += instructions;
  }

  /** Begins again to count instructions, at the time when that was done last. */
  void turn() {
    executed = 0;
  }

  /** Goes on to a time, from which instructions are counted. */
  void advance(long to) {
    base = Math.max(to, base);
    executed = 0;
  }

  /** The instructions until a time has come, at least 1. */
  long instructionsUntil(long time) {
    long left = time - now();
    return left <= 0 ? 1 : (left - 1) / perInstruction + 1;
  }
}
