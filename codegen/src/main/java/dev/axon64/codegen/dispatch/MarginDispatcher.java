package dev.axon64.codegen.dispatch;

/** A dispatcher that can also say how sure the network is. */
public interface MarginDispatcher extends Dispatcher {
  /**
   * Chooses kernels as {@link #kernels} does, and says how sure the network is.
   *
   * @param margins receives the best score less the second best, where the decision's floor counts
   *     as a score
   */
  void kernelsWithMargins(
      int[] words, long[] pcs, int[] kernels, float[] margins, int from, int to);
}
