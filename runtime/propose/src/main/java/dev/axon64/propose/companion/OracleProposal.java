package dev.axon64.propose.companion;

/**
 * Guesses about the blocks that will be accessed soon.
 *
 * @param steps in blocks from the one accessed last; {@code count} of them are meant
 * @param confidences of each, from 0 to 1: how likely it is accessed soon
 * @param count how many
 * @param pattern how the accesses look
 */
public record OracleProposal(long[] steps, float[] confidences, int count, Pattern pattern) {
  /** Kinds of streams, in the order of the network's output. */
  public enum Pattern {
    SEQUENTIAL,
    STRIDED,
    REPEATING,
    IRREGULAR
  }
}
