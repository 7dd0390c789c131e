package dev.axon64.machine.engine;

/**
 * Decides when branches back are looked at, which takes time that only loops that are applied at
 * once bring back. Mostly the engine executes slices without looking. After each slice it takes a
 * sample: the next branch back stands for all instructions of the slice. Branches back are counted
 * one by one only while loops are applied, or where somebody asks for it, for a bounded time.
 */
final class LoopSampling {
  /** The mean length of a slice. Lengths differ, lest they go in step with the guest's loops. */
  private static final int SLICE = 1 << 18;

  /** The most instructions in which a sample waits for a branch back. */
  static final int SAMPLE = 1 << 10;

  /** How many instructions one that was applied pays for. */
  private static final int SHARE = 8;

  /** The most instructions that are paid for ahead. */
  private static final long MOST = 1 << 24;

  /** Instructions for which branches back are counted one by one from now on. */
  private long counted;

  /** The length of the slice that is executed now, or was before the sample that is taken now. */
  private int slice;

  /** What is left of it. */
  private int left;

  private int random = 1;

  /**
   * @param beginning instructions of the beginning during which branches are counted in any case
   */
  LoopSampling(long beginning) {
    counted = beginning;
    begin();
  }

  private void begin() {
    random = random * 0x915f77f5 + 1;
    slice = (SLICE >> 1) + (random >>> 14);
    left = slice;
  }

  /** Whether branches back are counted one by one. */
  boolean counts() {
    return counted > 0;
  }

  /** Whether a sample is to be taken now. */
  boolean samples() {
    return counted <= 0 && left <= 0;
  }

  /** The most instructions to execute before this is told of them. */
  long most() {
    return counted > 0 ? counted : left;
  }

  /** Takes note of instructions that have been executed. */
  void executed(long instructions) {
    if (counted > 0) {
      counted -= instructions;
    } else {
      left = (int) Math.max(0, left - instructions);
    }
  }

  /**
   * Begins the next slice, since a sample is being taken.
   *
   * @return how many instructions it stands for
   */
  int sampled() {
    int stands = slice;
    begin();
    return stands;
  }

  /** Takes note of how many instructions a loop has applied, before they are executed ones. */
  void applied(long more) {
    if (more > 0) {
      counted = Math.min(MOST, Math.max(0, counted) + SHARE * more);
    }
  }

  /** Counts one by one for at least so many instructions from now on. */
  void count(long instructions) {
    counted = Math.max(counted, instructions);
  }
}
