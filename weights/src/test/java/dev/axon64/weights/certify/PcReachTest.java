package dev.axon64.weights.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.Source;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PcReachTest {
  private static final int NETWORKS = 300;
  private static final int WORDS = 30;
  private static final int PCS = 60;

  /** Brute force: a word that the interval calls safe keeps its kernel at every pc tried. */
  @Test
  void provenWordsKeepTheirKernel() {
    int proven = 0;
    int provenByBlock = 0;
    int changed = 0;
    for (long seed = 0; seed < NETWORKS; seed++) {
      Network network = faintPc(RandomNetwork.of(seed).network(), seed);
      Limits limits = Limits.ofPc(Lowering.strict(network), network);
      if (limits.isEmpty()) {
        continue;
      }
      SplittableRandom random = new SplittableRandom(seed);
      ReferenceForward reference = new ReferenceForward(network);
      for (int i = 0; i < WORDS; i++) {
        int word = random.nextInt();
        int kernel = reference.kernel(word, 0);
        float margin = Margins.of(network, reference.scores(word, 0));
        boolean safe = !limits.reaches(network.spec().index().extract(word, 0), kernel, margin);
        boolean safeInBlock = safeInBlock(network, word, kernel, margin);
        boolean kept = keeps(network, reference, word, kernel, random);
        assertTrue(kept || !safe, "seed " + seed + " word " + word);
        assertTrue(kept || !safeInBlock, "seed " + seed + " block of word " + word);
        assertTrue(safeInBlock || !safe, "the block's bound is the closer one");
        proven += safe ? 1 : 0;
        provenByBlock += safeInBlock ? 1 : 0;
        changed += kept ? 0 : 1;
      }
    }
    assertTrue(proven > 100, "only " + proven + " words were proven");
    assertTrue(provenByBlock > proven, "blocks prove no more than rows");
    assertTrue(changed > 100, "only " + changed + " words changed");
  }

  /** By the bound of up to 64 aligned words around it, all of one row. */
  private static boolean safeInBlock(Network network, int word, int kernel, float margin) {
    BitField index = network.spec().index();
    if (index.source() == Source.PC) {
      return false;
    }
    int span = Math.min(64, 1 << index.low());
    PcReach reach = new PcReach(network);
    reach.block(word & -span, word | span - 1);
    return margin > Limits.rounded(reach.decisionReach(kernel));
  }

  private static boolean keeps(
      Network network, ReferenceForward reference, int word, int kernel, SplittableRandom random) {
    long mask = network.spec().pcMask();
    for (int p = 0; p < PCS; p++) {
      long pc = p == 0 ? mask : random.nextLong() & (p % 2 == 0 ? mask : random.nextLong());
      if (reference.kernel(word, pc) != kernel) {
        return false;
      }
    }
    return true;
  }

  /** Weakens the weights that the pc meets, differently by seed, so that some words are proven. */
  private static Network faintPc(Network network, long seed) {
    DispatchSpec spec = network.spec();
    float[] weights = network.weights();
    for (int f = 0; f < spec.features().size(); f++) {
      Feature feature = spec.features().get(f);
      if (PcReach.isOfPc(feature)) {
        float scale = (float) (Math.pow(4, -(seed % 6)) / Math.max(1, feature.greatest()));
        for (int u = 0; u < spec.layers().get(0).outputs(); u++) {
          int inputs = spec.layers().get(0).inputs();
          weights[network.weightOffset(0) + u * inputs + spec.embeddingWidth() + f] *= scale;
        }
      }
    }
    return Network.of(spec, weights, "faint pc");
  }

  @Test
  void nothingIsProvenWhereThePcSelectsTheRow() {
    int seen = 0;
    for (long seed = 0; seed < 60; seed++) {
      Network network = RandomNetwork.of(seed).network();
      if (network.spec().index().source() == Source.PC) {
        Limits limits = Limits.ofPc(Lowering.strict(network), network);
        assertTrue(limits.reaches(0, 0, Float.MAX_VALUE));
        seen++;
      }
    }
    assertTrue(seen > 5);
  }

  @Test
  void zeroCoefficientsAreToldFromOthers() {
    Network silent = Sweeps.dyadic("a64", 3);
    float[] weights = silent.weights();
    for (int u = 0; u < 32; u++) {
      for (int f = 9; f < 12; f++) {
        weights[silent.weightOffset(0) + u * 44 + 32 + f] = 0;
      }
    }
    Network deaf = Network.of(silent.spec(), weights, "deaf");
    ForwardPlan strict = Lowering.strict(deaf);
    assertTrue(strict.readsPc(), "a strict plan keeps terms of weight zero");
    assertFalse(Limits.pcMatters(strict));
    assertTrue(Limits.pcMatters(Lowering.lower(silent)));
    PcProof proof = new Certifier(deaf, Sweeps.FILE).common().pc();
    assertEquals(PcProof.Kind.ZERO_COEFFICIENT, proof.kind());
  }
}
