package dev.axon64.bench.peers;

/** Finds a word's kernel from its bits, without a network. Stateless after construction. */
public interface WordDecoder {
  /** The kernel of one word. */
  int kernel(int word);

  /**
   * The kernel of each word from {@code from} up to but not at {@code to}.
   *
   * @param kernels receives kernel indices, at the words' places
   */
  void kernels(int[] words, int[] kernels, int from, int to);
}
