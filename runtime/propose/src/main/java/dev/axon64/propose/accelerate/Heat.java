package dev.axon64.propose.accelerate;

/**
 * How many instructions loops have executed before something is done about one.
 *
 * @param first one, before the first is read, for which the meanings of all instructions are loaded
 * @param networks all together of which something could be proven, before the first is asked about,
 *     for which the networks are loaded
 * @param loop one, before any other is read and asked about; four times more each for less likely
 *     guesses
 * @param instructions that are the fewest to apply at once, where it is known when it ends
 * @param iterations that it has been seen to run one after the other: one of few cannot pay; 0 not
 *     to look. Lanes are seen to do so where all that run go together
 */
public record Heat(long first, long networks, long loop, int instructions, int iterations) {
  /** What loading costs is some tenths of a second, and two seconds; executing takes no longer. */
  public static final Heat WORTH_IT = new Heat(1 << 23, 1 << 25, 1 << 16, 1 << 10, 64);

  /** As soon as a branch has led back a few times. */
  public static final Heat AT_ONCE = new Heat(0, 0, 0, 0, 0);
}
