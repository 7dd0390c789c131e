package dev.axon64.weights.certify;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.SpecFile;
import java.util.Random;

/** Networks and sweeps for tests. */
final class Sweeps {
  static final SpecFile FILE = new SpecFile("test.npy", "00");

  private Sweeps() {}

  /** Small whole numbers as weights of a shipped spec, mostly zero: exact, and wrong. */
  static Network dyadic(String name, long seed) {
    DispatchSpec spec = SpecTexts.shipped(name);
    Random random = new Random(seed);
    float[] weights = new float[spec.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextInt(5) == 0 ? random.nextInt(9) - 4 : 0;
    }
    return Network.of(spec, weights, "test");
  }

  static Certificate certify(Network network, WordRange range) {
    return Certification.certify(network, FILE, 2, done -> {}, range);
  }

  static Shard shard(Network network, WordRange range) {
    return new Certifier(network, FILE).sweep(range, 2, done -> {});
  }
}
