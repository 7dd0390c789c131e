package dev.axon64.bench;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.testkit.Weights;
import java.util.Random;

/** Networks with random weights of the test kit, for which every order of summing is exact. */
public final class RandomNetworks {
  private RandomNetworks() {}

  /** The same network for the same seed. */
  public static Network exact(String spec, long seed) {
    return Weights.exact(Models.spec(spec)).generator(1).next(new Random(seed)).value().network();
  }
}
