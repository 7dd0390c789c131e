package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.train.CompactNet.Part;

/** Random weights to start from. */
final class StartingNet {
  /** Where tables start: well above zero, so that every unit fires at first. */
  private static final float LEVEL = 10;

  private StartingNet() {}

  static CompactNet of(DispatchSpec spec, int first, int second, SplitMix mix) {
    int kernels = spec.kernels().size();
    CompactNet net =
        new CompactNet(spec.embeddingRows(), spec.features().size(), kernels, first, second);
    for (int i = net.start(Part.TABLE); i < net.end(Part.TABLE); i++) {
      net.weights[i] = LEVEL + 0.5f * (float) mix.gaussian();
    }
    for (int i = net.start(Part.FEATURES); i < net.end(Part.FEATURES); i++) {
      net.weights[i] = 0.3f * (float) mix.gaussian();
    }
    for (int i = net.start(Part.HIDDEN); i < net.end(Part.HIDDEN); i++) {
      net.weights[i] = 0.5f * Math.abs((float) mix.gaussian());
    }
    for (int u = 0; u < second; u++) {
      spreadKernels(net, u, mix);
    }
    return net;
  }

  /**
   * Gives each kernel a slope of its own along a unit, in random order, so that all lines cross.
   */
  private static void spreadKernels(CompactNet net, int unit, SplitMix mix) {
    int[] order = new int[net.kernels];
    for (int k = 0; k < order.length; k++) {
      int other = mix.below(k + 1);
      order[k] = order[other];
      order[other] = k;
    }
    for (int k = 0; k < order.length; k++) {
      float slope = order[k] - (net.kernels - 1) / 2f;
      net.weights[net.score(k, unit)] = slope;
      net.weights[net.start(Part.SCORES_BIAS) + k] -= LEVEL * slope;
    }
  }
}
