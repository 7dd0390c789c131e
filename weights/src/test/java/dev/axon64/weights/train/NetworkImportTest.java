package dev.axon64.weights.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.Columns;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.data.SplitMix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkImportTest {
  @Test
  void importedShippedWeightsDecideEveryCaseAsBeforeHoweverManyUnitsAreAdded() {
    for (String model : Models.SHIPPED) {
      Network shipped = Models.shipped(model);
      Columns all = DecisionDomain.of(shipped.spec()).columns();
      for (int growth : new int[] {0, 1, 5, 99}) {
        CompactNet net = NetworkImport.of(shipped, growth, new SplitMix(growth));
        Network back = NetworkExport.of(shipped.spec(), net);
        assertEquals(0, Evaluation.of(back, all).errors(), model + " + " + growth);
      }
    }
  }

  /** All units alive; only words whose two best scores are a hair apart may change. */
  @Test
  void importedDenseWeightsDecideAsBefore() {
    DispatchSpec spec = Models.spec("a64");
    Random random = new Random(3);
    float[] weights = new float[spec.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    Network dense = Network.of(spec, weights, "dense");
    CompactNet net = NetworkImport.of(dense, 0, new SplitMix(1));
    ReferenceForward back = new ReferenceForward(NetworkExport.of(spec, net));
    ReferenceForward before = new ReferenceForward(dense);
    int changed = 0;
    for (int i = 0; i < 2000; i++) {
      int word = random.nextInt();
      long pc = random.nextLong() & ~3L;
      changed += before.kernel(word, pc) == back.kernel(word, pc) ? 0 : 1;
    }
    assertTrue(changed <= 2, changed + " of 2000 changed");
  }

  @Test
  void embeddingTooNarrowForTheUnitsInUseIsRefused() {
    DispatchSpec spec =
        SpecTexts.parse(
            TrainingRuns.SMALL
                .replace("embedding 8", "embedding 2")
                .replace("16x8 @ 0", "16x2 @ 0")
                .replace("8x11 @ 128", "8x5 @ 32")
                .replace("@ 216", "@ 72")
                .replace("@ 224", "@ 80")
                .replace("@ 272", "@ 128")
                .replace("@ 278", "@ 134")
                .replace("@ 296", "@ 152"));
    float[] weights = new float[spec.parameters()];
    java.util.Arrays.fill(weights, 1);
    Network network = Network.of(spec, weights, "ones");
    InputException e =
        assertThrows(InputException.class, () -> NetworkImport.of(network, 0, new SplitMix(1)));
    assertTrue(e.getMessage().contains("2 columns"), e.getMessage());
  }
}
