package dev.axon64.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.axon64.bench.RandomNetworks;
import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarLoopTest {
  private static final int WORDS = 20_000;

  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void answersAsTheReferenceDoes(String spec) {
    compare(RandomNetworks.exact(spec, 1));
  }

  /** Weights of full precision: only the very same order of operations gives the same answers. */
  @Test
  void keepsThePublishedOrder() {
    DispatchSpec spec = Models.spec("published");
    SplittableRandom random = new SplittableRandom(2);
    float[] weights = new float[spec.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextDouble() - 0.5);
    }
    compare(Network.of(spec, weights, "random weights"));
  }

  private static void compare(Network network) {
    SplittableRandom random = new SplittableRandom(3);
    int[] words = random.ints(WORDS).toArray();
    long[] pcs = random.longs(WORDS).toArray();
    int[] expected = new int[WORDS];
    int[] actual = new int[WORDS];
    new ReferenceDispatcher(network).kernels(words, pcs, expected, 0, WORDS);
    new ScalarLoop(network).kernels(words, pcs, actual, 0, WORDS);
    assertArrayEquals(expected, actual);
  }
}
