package dev.axon64.codegen.dispatch;

/** A dispatcher that can also say how sure the network is. */
public interface MarginDispatcher extends Dispatcher {
  /**
   * As {@link #kernels}, with margins.
   *
   * @param margins receives best score less second best, the decision's floor counting as a score
   */
  void kernelsWithMargins(
      int[] words, long[] pcs, int[] kernels, float[] margins, int from, int to);
}
