package dev.axon64.codegen.network.spec;

/**
 * How scores become a kernel: the greatest score wins.
 *
 * @param lowestWins on equal scores, whether the kernel of lower index wins
 * @param floor a score that is not above it never wins; if none is, kernel 0 is the answer
 */
public record Decision(boolean lowestWins, float floor) {
  /**
   * Chooses among scores in index order.
   *
   * @param scores one per kernel
   * @return the kernel's index
   */
  public int choose(float[] scores) {
    int best = 0;
    float bestScore = floor;
    for (int kernel = 0; kernel < scores.length; kernel++) {
      float score = scores[kernel];
      if ((lowestWins ? score > bestScore : score >= bestScore) && score > floor) {
        best = kernel;
        bestScore = score;
      }
    }
    return best;
  }
}
