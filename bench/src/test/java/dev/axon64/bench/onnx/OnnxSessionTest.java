package dev.axon64.bench.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.bench.RandomNetworks;
import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxSessionTest {
  private static final int WORDS = 100_000;

  static Stream<Arguments> networks() {
    return Stream.of(
            RandomNetworks.exact("a64", 5),
            RandomNetworks.exact("kvrm7", 6),
            Models.shipped("a64"),
            Models.shipped("kvrm7"))
        .flatMap(
            n ->
                Stream.of(
                    Arguments.of(n.spec().name() + " published", n, OnnxModel.published(n)),
                    Arguments.of(
                        n.spec().name() + " lowered", n, OnnxModel.lowered(Lowering.lower(n)))));
  }

  /** Exact weights, so the other library's order of summing must not show. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void choosesTheReferencesKernels(String name, Network network, OnnxModel model) {
    SplittableRandom random = new SplittableRandom(8);
    int[] words = random.ints(WORDS).toArray();
    long[] pcs = random.longs(WORDS).toArray();
    int[] expected = new int[WORDS];
    new ReferenceDispatcher(network).kernels(words, pcs, expected, 0, WORDS);
    assertTrue(Arrays.stream(expected).distinct().count() > 1, "a network that decides something");
    try (OnnxSession session = new OnnxSession(network.spec(), model)) {
      for (int batch : new int[] {1, 7, 4096}) {
        compare(session, batch, words, pcs, expected);
      }
    }
  }

  private static void compare(
      OnnxSession session, int size, int[] words, long[] pcs, int[] expected) {
    int most = size == 1 ? 1000 : WORDS - size + 1;
    try (OnnxSession.Batch batch = session.batch(size)) {
      for (int from = 0; from < most; from += size) {
        batch.fill(words, pcs, from);
        batch.run();
        for (int i = 0; i < size; i++) {
          int word = words[from + i];
          assertEquals(expected[from + i], batch.kernel(i), () -> Integer.toHexString(word));
        }
      }
    }
  }
}
