package dev.axon64.weights.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PropagationTest {
  private static final int NETWORKS = 150;
  private static final int WORDS = 12;

  /** Real scores lie in the ranges, and float32 scores within the errors, of word and of row. */
  @Test
  void boundsHoldForAnyOrderAndContraction() {
    double closest = 0;
    for (long seed = 0; seed < NETWORKS; seed++) {
      Network network = RandomNetwork.of(seed).network();
      SplittableRandom random = new SplittableRandom(seed);
      Propagation ofWord = new Propagation(network);
      Propagation ofRow = new Propagation(network);
      for (int i = 0; i < WORDS; i++) {
        int word = random.nextInt();
        long pc = random.nextLong();
        prepare(network, ofWord, ofRow, word, pc);
        BigDecimal[] real = RealScores.of(network, word, pc);
        for (float[] computed : evaluations(network, word, pc, random.nextLong())) {
          closest = Math.max(closest, check(ofWord, real, computed));
          check(ofRow, real, computed);
        }
      }
    }
    assertTrue(closest > 0.02, "the bound is never nearly reached: " + closest);
  }

  private static void prepare(
      Network network, Propagation ofWord, Propagation ofRow, int word, long pc) {
    DispatchSpec spec = network.spec();
    int row = spec.index().extract(word, pc);
    ofWord.row(row);
    ofRow.row(row);
    for (int f = 0; f < spec.features().size(); f++) {
      ofWord.feature(f, word, pc);
      ofRow.wholeFeature(f);
    }
    ofWord.run();
    ofRow.run();
  }

  private static List<float[]> evaluations(Network network, int word, long pc, long shuffle) {
    List<float[]> all = new ArrayList<>();
    all.add(new ReferenceForward(network).scores(word, pc).clone());
    for (boolean fused : new boolean[] {false, true}) {
      for (boolean reciprocal : new boolean[] {false, true}) {
        all.add(new OtherOrder(network, fused, reciprocal, shuffle).scores(word, pc));
      }
    }
    return all;
  }

  /** Returns the greatest share of a bound that an error reaches. */
  private static double check(Propagation bounds, BigDecimal[] real, float[] computed) {
    int last = bounds.error.length - 1;
    double closest = 0;
    for (int a = 0; a < real.length; a++) {
      assertTrue(real[a].compareTo(new BigDecimal(bounds.least[last][a])) >= 0);
      assertTrue(real[a].compareTo(new BigDecimal(bounds.greatest[last][a])) <= 0);
      within(error(real[a], computed[a], 0, 0), bounds.error[last][a]);
      for (int b = 0; b < real.length; b++) {
        if (a != b) {
          double error = error(real[a].subtract(real[b]), computed[a], computed[b], 0);
          within(error, bounds.differenceError(a, b));
          closest = Math.max(closest, error / Math.max(bounds.differenceError(a, b), 1e-300));
        }
      }
    }
    return closest;
  }

  private static double error(BigDecimal real, float a, float b, int zero) {
    BigDecimal computed = new BigDecimal(a).subtract(new BigDecimal(b));
    return computed.subtract(real).abs().add(BigDecimal.valueOf(zero)).doubleValue();
  }

  private static void within(double error, double bound) {
    assertTrue(error <= bound, () -> "error " + error + " is over the bound " + bound);
  }

  /** Where the bounds call a decision safe, no other order decides otherwise. */
  @Test
  void safeDecisionsAreKept() {
    int unsafe = 0;
    int changed = 0;
    for (long seed = 0; seed < NETWORKS; seed++) {
      Network network = nearTies(RandomNetwork.of(seed).network(), seed);
      Limits limits = Limits.ofRounding(Lowering.strict(network), network);
      WordBounds wordBounds = new WordBounds(network);
      SplittableRandom random = new SplittableRandom(seed);
      ReferenceForward reference = new ReferenceForward(network);
      for (int i = 0; i < WORDS; i++) {
        int word = random.nextInt();
        int kernel = reference.kernel(word, 0);
        float margin = Margins.of(network, reference.scores(word, 0));
        int row = network.spec().index().extract(word, 0);
        boolean safe = !wordBounds.reaches(word, kernel, margin);
        assertTrue(!limits.reaches(row, kernel, margin) ? safe : true, "row bound is the coarser");
        unsafe += safe ? 0 : 1;
        for (float[] scores : evaluations(network, word, 0, random.nextLong())) {
          int other = network.spec().decision().choose(scores);
          changed += other == kernel ? 0 : 1;
          if (safe) {
            assertEquals(kernel, other, "seed " + seed + " word " + word);
          }
        }
      }
    }
    assertTrue(changed > 0, "no evaluation ever changed a kernel, so nothing was tested");
    assertTrue(unsafe < NETWORKS * WORDS, "no decision was safe");
  }

  /** The same network with its last layer's weights almost alike, so that rounding decides. */
  private static Network nearTies(Network network, long seed) {
    DispatchSpec spec = network.spec();
    float[] weights = network.weights();
    SplittableRandom random = new SplittableRandom(seed);
    int last = spec.layers().size() - 1;
    int inputs = spec.layers().get(last).inputs();
    for (int u = 1; u < spec.kernels().size(); u++) {
      weights[network.biasOffset(last) + u] = weights[network.biasOffset(last)];
      for (int i = 0; i < inputs; i++) {
        float weight = network.weight(last, 0, i);
        int ulps = random.nextInt(8) == 0 ? random.nextInt(5) - 2 : 0;
        weights[network.weightOffset(last) + u * inputs + i] = weight + ulps * Math.ulp(weight);
      }
    }
    return Network.of(spec, weights, "near ties");
  }
}
