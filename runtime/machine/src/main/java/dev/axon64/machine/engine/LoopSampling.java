package dev.axon64.machine.engine;

/**
 * Decides when branches back are counted, which takes time that only loops that are applied at once
 * bring back. Where none is, they are counted for a 64th of the time, in which new loops are
 * noticed. Each instruction that a loop applies pays for counting during eight others; where fewer
 * are applied, counting takes longer than they would have taken.
 */
final class LoopSampling {
  /** How many iterations one that is counted stands for of a loop after a pause. */
  static final int WEIGHT = 64;

  private static final long GRANT = 1 << 16;
  private static final long PAUSE = (WEIGHT - 1) * GRANT;

  /** How many instructions one that was applied pays for. */
  private static final int SHARE = 8;

  /** The most instructions that are paid for ahead. */
  private static final long MOST = 1 << 24;

  /** Instructions during which branches are still counted; 0 if they are not counted now. */
  private long credit;

  /** Instructions until they are counted again. */
  private long pause;

  /** Whether what is counted now stands for a pause, too. */
  private boolean afterPause;

  /**
   * @param beginning instructions of the beginning during which branches are counted in any case
   */
  LoopSampling(long beginning) {
    this.credit = Math.max(GRANT, beginning);
  }

  /** Whether branches back are counted now. */
  boolean counts() {
    return credit > 0;
  }

  /** The most instructions to execute before this is told of them. */
  long most() {
    return counts() ? credit : pause;
  }

  /** How many iterations one that is counted now stands for. */
  int weight() {
    return afterPause ? WEIGHT : 1;
  }

  /**
   * Takes note of what has been executed.
   *
   * @param more instructions, with those of loops
   */
  void executed(long more) {
    if (counts()) {
      credit = Math.max(0, credit - more);
      pause = PAUSE;
    } else {
      pause -= more;
      if (pause <= 0) {
        credit = GRANT;
        afterPause = true;
      }
    }
  }

  /** Takes note of how many instructions a loop has applied, before they are executed ones. */
  void applied(long more) {
    if (more > 0) {
      credit = Math.min(MOST, credit + SHARE * more);
      afterPause = false;
    }
  }
}
