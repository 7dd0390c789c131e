package dev.axon64.metal.equivalence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.MarginDispatcher;
import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The published weights in strict mode: kernels and margins of the published order, bit for bit.
 */
class PublishedOrderTest {
  private static final Path SEED = Path.of(System.getProperty("axon64.shared"), "seed");
  private static final int CHUNK = 1 << 16;

  private static Network published(String file) {
    Path path = SEED.resolve(file);
    Assumptions.assumeTrue(Files.exists(path), "skipped: the published weights are not at hand");
    return NetworkFiles.read(Models.spec("published"), path);
  }

  @Test
  void strictSimdIsThePublishedOrderBitForBit() {
    Network network = published("dispatch_weights_embedding_100pct.npy");
    CompiledDispatcher compiled = CompiledDispatcher.of(Lowering.strict(network));
    int chunks = (Boolean.getBoolean("axon64.campaign") ? 100_000_000 : 400_000) / CHUNK + 1;
    IntStream.range(0, chunks)
        .parallel()
        .forEach(chunk -> compare(network, compiled.get(), new SplittableRandom(chunk)));
    System.out.printf("published order: %,d words, kernels and margins alike%n", chunks * CHUNK);
  }

  private static void compare(Network network, MarginDispatcher strict, SplittableRandom random) {
    int[] words = random.ints(CHUNK).toArray();
    long[] pcs = random.longs(CHUNK).toArray();
    int[] expected = new int[CHUNK];
    int[] kernels = new int[CHUNK];
    float[] expectedMargins = new float[CHUNK];
    float[] margins = new float[CHUNK];
    new ReferenceDispatcher(network)
        .kernelsWithMargins(words, pcs, expected, expectedMargins, 0, CHUNK);
    strict.kernelsWithMargins(words, pcs, kernels, margins, 0, CHUNK);
    assertArrayEquals(expected, kernels);
    for (int i = 0; i < CHUNK; i++) {
      assertEquals(
          Float.floatToIntBits(expectedMargins[i]),
          Float.floatToIntBits(margins[i]),
          "margin " + i);
    }
  }

  @Test
  void checkpointAndFlatFileHoldTheSameNetwork() {
    assertArrayEquals(
        published("dispatch_weights_embedding_100pct.npy").weights(),
        published("dispatch_embedding_model_100pct.pt").weights());
  }
}
