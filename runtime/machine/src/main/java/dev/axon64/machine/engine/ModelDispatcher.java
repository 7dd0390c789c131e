package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;

/**
 * A dispatcher that knows which kernels its answers number.
 *
 * @param network gives the answers
 * @param kernels that the network was trained for
 */
record ModelDispatcher(Dispatcher network, KernelSet kernels) implements Dispatcher {
  @Override
  public int kernel(int word, long pc) {
    return network.kernel(word, pc);
  }

  @Override
  public void kernels(int[] words, long[] pcs, int[] answers, int from, int to) {
    network.kernels(words, pcs, answers, from, to);
  }
}
