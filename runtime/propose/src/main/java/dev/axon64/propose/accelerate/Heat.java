package dev.axon64.propose.accelerate;

/**
 * How many instructions loops must have executed before something is done about one of them.
 *
 * @param first what a loop must have executed before the first loop is read; for this the meanings
 *     of instructions are loaded
 * @param networks what all loops that could be read must have executed together before the networks
 *     are asked for the first time; for this the networks are loaded
 * @param loop what a loop must have executed before any later loop is read and asked about; four
 *     times as much for each round of less likely guesses
 * @param instructions the fewest to apply at once in a loop whose end is known
 * @param iterations how many a loop must usually run in a row, since one with few cannot pay; 0 to
 *     accept any. In lanes this is seen only while all running lanes go together
 */
public record Heat(long first, long networks, long loop, int instructions, int iterations) {
  /** Instructions that are counted whole if these limits are passed within them. */
  private static final long BEGINNING = 1 << 24;

  /**
   * Loading costs a few tenths of a second for meanings and two seconds for networks, and loops
   * must have cost as much.
   */
  public static final Heat WORTH_IT = new Heat(1 << 23, 1 << 25, 1 << 16, 1 << 10, 64);

  /** Acts as soon as a branch has led back a few times. */
  public static final Heat AT_ONCE = new Heat(0, 0, 0, 0, 0);

  /** For how many instructions of the beginning all branches back are counted. */
  long beginning() {
    return networks < BEGINNING ? BEGINNING : 0;
  }
}
