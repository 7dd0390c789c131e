package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import java.util.Arrays;

/** The margin by its definition: sort, and subtract the second from the first. */
final class Margins {
  private Margins() {}

  static float of(Network network, float[] scores) {
    float[] sorted = Arrays.copyOf(scores, scores.length + 1);
    sorted[scores.length] = network.spec().decision().floor();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1] - sorted[sorted.length - 2];
  }
}
