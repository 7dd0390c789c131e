package dev.axon64.machine.engine;

/**
 * Decides when it is counted where branches lead, which takes time: in one slice of the guest's
 * instructions out of several, or always.
 */
final class HeatSampling {
  private final long counted;
  private final long uncounted;
  private boolean counts = true;
  private long left;

  /**
   * @param counted instructions of a slice in which it is counted
   * @param uncounted instructions between two of these
   */
  HeatSampling(long counted, long uncounted) {
    this.counted = counted;
    this.uncounted = uncounted;
    this.left = counted;
  }

  /** Whether it is counted now. */
  boolean counts() {
    return counts;
  }

  /** The most instructions to execute before this is told of them. */
  long most() {
    return left;
  }

  /**
   * Takes note of instructions that have been executed.
   *
   * @return whether a slice has come to its end
   */
  boolean executed(long instructions) {
    left -= instructions;
    if (left > 0) {
      return false;
    }
    counts = !counts || uncounted == 0;
    left = counts ? counted : uncounted;
    return true;
  }
}
