package dev.axon64.metal.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.metal.engine.DeviceDispatcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The dispatch shaders on a device answer as the generated Java: half a million words, 16 million
 * in a campaign, at random pcs.
 */
class DeviceDispatchTest {
  private static final int CHUNK = 1 << 18;
  private static final int WORDS = Boolean.getBoolean("axon64.campaign") ? 1 << 24 : 1 << 19;
  private static final long SEED = Long.getLong("axon64.seed", System.nanoTime());

  @Test
  void theShippedModels() {
    DeviceInfo device = RealDevice.assumed();
    Models.SHIPPED.forEach(name -> compare(device, Models.shipped(name)));
  }

  /** Their arithmetic is not exact: the device must round as the reference does. */
  @Test
  void thePublishedWeights() {
    DeviceInfo device = RealDevice.assumed();
    Path file =
        Path.of(
            System.getProperty("axon64.shared"), "seed", "dispatch_weights_embedding_100pct.npy");
    if (!Files.exists(file)) {
      System.out.println("skipped: published weights, no file " + file.getFileName());
      return;
    }
    compare(device, NetworkFiles.read(Models.spec("published"), file));
  }

  private static void compare(DeviceInfo device, Network network) {
    Dispatcher java = CompiledDispatcher.of(Lowering.lower(network)).get();
    try (DeviceDispatcher baked = DeviceDispatcher.baked(device.open(), network);
        DeviceDispatcher buffered = DeviceDispatcher.buffered(device.open(), network)) {
      SplittableRandom random = new SplittableRandom(SEED);
      for (int done = 0; done < WORDS; done += CHUNK) {
        int[] words = random.ints(CHUNK).toArray();
        long[] pcs = random.longs(CHUNK).toArray();
        int[] expected = answers(java, words, pcs);
        same(expected, answers(baked, words, pcs), words, "baked");
        same(expected, answers(buffered, words, pcs), words, "buffered");
      }
    }
    System.out.printf(
        "%s on %s: %,d words, both shaders as Java, -Daxon64.seed=%d%n",
        network.spec().name(), device.name(), WORDS, SEED);
  }

  private static int[] answers(Dispatcher dispatcher, int[] words, long[] pcs) {
    int[] kernels = new int[words.length];
    dispatcher.kernels(words, pcs, kernels, 0, words.length);
    return kernels;
  }

  private static void same(int[] expected, int[] kernels, int[] words, String shader) {
    int at = Arrays.mismatch(expected, kernels);
    assertEquals(-1, at, () -> "%s: word %08x".formatted(shader, words[at]));
  }
}
