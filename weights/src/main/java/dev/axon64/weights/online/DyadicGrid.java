package dev.axon64.weights.online;

import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.TensorSlot;

/**
 * Rounds the weights of a network that is still learning so that every sum is exact: its class then
 * computes the few terms that are not zero, and is made, proven and run in a tenth of the time. The
 * proof of each case finds what rounding breaks.
 */
final class DyadicGrid {
  /** Fraction bits of all layers together; what a sum has beside them is its whole part. */
  private static final int MOST_BITS = 24;

  private DyadicGrid() {}

  /** The network on the finest grid that is exact; the same network if none is. */
  static Network round(Network network) {
    int layers = network.spec().layers().size();
    for (int bits = MOST_BITS; bits >= 0; bits--) {
      int[] fractions = new int[layers];
      for (int l = 0; l < layers; l++) {
        // What is left over goes to the last layers, whose weights are small.
        fractions[l] = (bits + l) / layers;
      }
      Network rounded = round(network, fractions);
      if (Exactness.of(rounded).exact()) {
        return rounded;
      }
    }
    return network;
  }

  /** A bias lies on the grid of its layer's sums. */
  private static Network round(Network network, int[] fractions) {
    DispatchSpec spec = network.spec();
    float[] flat = network.weights();
    round(flat, spec.tensor(DispatchSpec.EMBEDDING), fractions[0]);
    int sum = 0;
    for (int l = 0; l < fractions.length; l++) {
      sum += fractions[l];
      round(flat, spec.tensor(spec.layers().get(l).name() + ".weight"), fractions[l]);
      round(flat, spec.tensor(spec.layers().get(l).name() + ".bias"), sum);
    }
    return Network.of(spec, flat, "rounded weights");
  }

  private static void round(float[] flat, TensorSlot slot, int fraction) {
    double steps = Math.scalb(1.0, fraction);
    for (int i = slot.offset(); i < slot.end(); i++) {
      flat[i] = (float) (Math.rint(flat[i] * steps) / steps) + 0f;
    }
  }
}
