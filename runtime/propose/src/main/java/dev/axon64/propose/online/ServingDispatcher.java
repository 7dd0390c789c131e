package dev.axon64.propose.online;

import dev.axon64.codegen.dispatch.Dispatcher;
import java.util.function.IntPredicate;

/**
 * The networks in service: the newest one for the words for which its decision is proven, for all
 * others those that served before, down to the one that the run began with. Only a network that
 * serves all words is asked for batches.
 */
final class ServingDispatcher implements Dispatcher {
  /** The words that a network serves which serves all. */
  static final IntPredicate ALL = word -> true;

  private Service newest;

  /**
   * @param first serves all words
   */
  ServingDispatcher(Service first) {
    this.newest = first;
  }

  /** Serves a network from now on, before all that it stands on. */
  void serve(Service service) {
    newest = service;
  }

  @Override
  public int kernel(int word, long pc) {
    Service service = newest;
    while (!service.proven.test(word)) {
      service = service.below;
    }
    return service.dispatcher.kernel(word, pc);
  }

  @Override
  public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
    if (newest.proven == ALL) {
      newest.dispatcher.kernels(words, pcs, kernels, from, to);
    } else {
      for (int i = from; i < to; i++) {
        kernels[i] = kernel(words[i], pcs[i]);
      }
    }
  }
}
