package dev.axon64.codegen.dispatch;

/**
 * Chooses kernels. Implementations keep scratch buffers and are not thread-safe: use one per
 * thread.
 */
public interface Dispatcher {
  /** The kernel of one word at its address. */
  int kernel(int word, long pc);

  /**
   * Chooses a kernel for each word from {@code from} up to but not at {@code to}.
   *
   * @param words instruction words
   * @param pcs their addresses, each at the place of its word
   * @param kernels receives the kernels' indices, each at the place of its word
   */
  void kernels(int[] words, long[] pcs, int[] kernels, int from, int to);
}
