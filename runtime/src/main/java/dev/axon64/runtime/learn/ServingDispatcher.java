package dev.axon64.runtime.learn;

import dev.axon64.codegen.dispatch.Dispatcher;
import java.util.function.IntPredicate;

/**
 * The network in service: a learnt one for the words for which its decision is proven, the one that
 * the run began with for all others. Only a network that serves all words is asked for batches.
 */
final class ServingDispatcher implements Dispatcher {
  /** Of a network that serves all words. */
  static final IntPredicate ALL = word -> true;

  private final Dispatcher first;
  private Dispatcher learnt;
  private IntPredicate proven;

  /**
   * @param first the network that the run begins with
   */
  ServingDispatcher(Dispatcher first) {
    this.first = first;
    serve(first, ALL);
  }

  /** From now on. */
  void serve(Dispatcher dispatcher, IntPredicate provenWords) {
    learnt = dispatcher;
    proven = provenWords;
  }

  @Override
  public int kernel(int word, long pc) {
    return proven.test(word) ? learnt.kernel(word, pc) : first.kernel(word, pc);
  }

  @Override
  public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
    if (proven == ALL) {
      learnt.kernels(words, pcs, kernels, from, to);
    } else {
      for (int i = from; i < to; i++) {
        kernels[i] = kernel(words[i], pcs[i]);
      }
    }
  }
}
