package dev.axon64.machine.engine;

/**
 * Decides when branches back are counted, which takes time that only loops that are applied at once
 * bring back. They always are in the beginning, and for as long as such loops are a good part of
 * what the guest executes; else for an eighth of the time, in which new loops are noticed.
 */
final class LoopSampling {
  /** Instructions of the beginning. */
  private static final long BEGINNING = 1 << 26;

  private static final long COUNTED = 1 << 22;
  private static final long UNCOUNTED = 7 * COUNTED;

  /** Counting goes on if one instruction of so many was applied. */
  private static final int SHARE = 40;

  private boolean counts = true;

  /** Instructions until the next decision, and those meanwhile. */
  private long left = BEGINNING;

  private long executed;
  private long applied;

  /** Whether branches back are counted now. */
  boolean counts() {
    return counts;
  }

  /** The most instructions to execute before this is told of them. */
  long most() {
    return left;
  }

  /**
   * Takes note of what has been executed.
   *
   * @param more instructions, with those of loops
   */
  void executed(long more) {
    executed += more;
    left -= more;
    if (left <= 0) {
      counts = !counts || applied * SHARE >= executed;
      left = counts ? COUNTED : UNCOUNTED;
      executed = 0;
      applied = 0;
    }
  }

  /** Takes note of how many of them a loop has applied. */
  void applied(long more) {
    applied += more;
  }
}
