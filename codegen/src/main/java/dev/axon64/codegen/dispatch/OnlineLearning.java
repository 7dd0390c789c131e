package dev.axon64.codegen.dispatch;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Learns dispatch networks while programs run. Code that runs programs finds an implementation
 * through {@link java.util.ServiceLoader}, so it need not know how networks are trained.
 */
public interface OnlineLearning {
  /**
   * What is learnt, and from what.
   *
   * @param spec of the network
   * @param start weights to start from; if empty, random ones
   * @param seed of random weights and all other random choices
   * @param kernels the kernel that accepts a word; the learner asks it from its own thread
   */
  record Task(DispatchSpec spec, Optional<Network> start, long seed, IntUnaryOperator kernels) {}

  /**
   * Makes a learner and starts its thread.
   *
   * @throws dev.axon64.codegen.support.InputException if networks of that shape cannot be learnt
   */
  OnlineLearner begin(Task task);
}
