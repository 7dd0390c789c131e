package dev.axon64.bench;

import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.TensorSlot;
import java.util.SplittableRandom;

/** Networks with random weights on a dyadic grid, so that every order of summing is exact. */
public final class RandomNetworks {
  private RandomNetworks() {}

  /** Three weights in four are zero, the others multiples of 1/4 between -1 and 1. */
  public static Network exact(String spec, long seed) {
    DispatchSpec shape = Models.spec(spec);
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[shape.parameters()];
    for (TensorSlot slot : shape.tensors()) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        weights[i] = random.nextInt(4) == 0 ? random.nextInt(-4, 5) / 4f : 0;
      }
    }
    Network network = Network.of(shape, weights, "random weights");
    if (!Exactness.of(network).exact()) {
      throw new IllegalStateException(Exactness.of(network).reason());
    }
    return network;
  }
}
