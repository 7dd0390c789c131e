package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;

/** The rounding bound for single words, whose inputs are known. Not thread-safe. */
final class WordBounds {
  private final Network network;
  private final Propagation bounds;

  WordBounds(Network network) {
    this.network = network;
    this.bounds = new Propagation(network);
  }

  /**
   * Whether another order might take the lead from {@code kernel}, which leads by {@code margin}.
   */
  boolean reaches(int word, int kernel, float margin) {
    bounds.row(network.spec().index().extract(word, Sweep.REFERENCE_PC));
    for (int f = 0; f < network.spec().features().size(); f++) {
      bounds.feature(f, word, Sweep.REFERENCE_PC);
    }
    bounds.run();
    return margin <= Limits.rounded(2 * bounds.decisionError(kernel));
  }
}
