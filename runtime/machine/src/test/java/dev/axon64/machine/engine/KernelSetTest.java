package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelSetTest {
  private static final int TRIES = 100 * Integer.getInteger("axon64.tries", 1000);

  /** The certified network and the kernels' own word for it, which share nothing but the specs. */
  @Test
  void ownerIsTheKernelThatTheCertifiedNetworkChooses() {
    assertOwners(KernelSet.A64, ShippedDispatcher.A64.dispatcher());
    assertOwners(KernelSet.KVRM7, ShippedDispatcher.KVRM7.dispatcher());
  }

  /** Without its name, a network is known by its kernels, which takes reading it. */
  @Test
  void aShippedNetworkHasTheKernelsOfItsSpec() {
    for (String model : Models.SHIPPED) {
      Network named = Models.shipped(model);
      Network unnamed = Network.of(named.spec(), named.weights(), model);
      assertEquals(KernelSet.of(unnamed), KernelSet.of(named));
      assertEquals(named.spec().kernels(), KernelSet.of(named).names());
    }
  }

  private static void assertOwners(KernelSet set, Dispatcher network) {
    Random random = new Random(1);
    for (int i = 0; i < TRIES; i++) {
      int word = random.nextInt();
      assertEquals(network.kernel(word, 0), set.owner(word), () -> Integer.toHexString(word));
    }
  }
}
