package dev.axon64.machine.engine;

/**
 * Decides when branches back are counted, which takes time that only loops that are applied at once
 * bring back. Where none is, they are counted for a 256th of the time, in which new loops are
 * noticed: in short slices, so that no loop of some length falls between two. Each instruction that
 * a loop applies pays for counting during eight others; where fewer are applied, counting takes
 * longer than they would have taken.
 */
final class LoopSampling extends HeatSampling {
  /** How many iterations one that is counted stands for of a loop after a pause. */
  private static final int WEIGHT = 256;

  private static final long COUNTED = 1 << 14;

  /** How many instructions one that was applied pays for. */
  private static final int SHARE = 8;

  /** The most instructions that are paid for ahead. */
  private static final long MOST = 1 << 24;

  /** Whether what is counted now stands for a pause, too; the first slice for the one after it. */
  private boolean standsForPause;

  /**
   * @param beginning instructions of the beginning during which branches are counted in any case
   */
  LoopSampling(long beginning) {
    super(COUNTED, (WEIGHT - 1) * COUNTED);
    standsForPause = beginning == 0;
    extend(Math.max(0, beginning - COUNTED), Long.MAX_VALUE);
  }

  /** How many iterations one that is counted now stands for. */
  int weight() {
    return standsForPause ? WEIGHT : 1;
  }

  @Override
  boolean executed(long instructions) {
    boolean ended = super.executed(instructions);
    standsForPause |= ended && counts();
    return ended;
  }

  /** Takes note of how many instructions a loop has applied, before they are executed ones. */
  void applied(long more) {
    if (more > 0) {
      extend(SHARE * more, MOST);
      standsForPause = false;
    }
  }
}
