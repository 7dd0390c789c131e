package dev.axon64.weights.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.weights.data.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tidying and scaling change the weights, never the answers. */
final class SparsityTest {
  private static final int SIZE = 64;

  @Test
  void tidyingNeverChangesAScore() {
    SplitMix mix = new SplitMix(21);
    for (int round = 0; round < 200; round++) {
      CompactNet net = net(mix);
      for (int i = 0; i < net.weights.length; i++) {
        if (mix.below(2) == 0) {
          net.kill(i);
        }
      }
      Minibatch batch = batch(mix);
      float[][] before = scores(net, batch);
      CompactNet tidy = net.copy();
      Sparsity.tidy(tidy);
      float[][] after = scores(tidy, batch);
      for (int k = 0; k < before.length; k++) {
        assertArrayEquals(before[k], after[k], 1e-4f);
      }
    }
  }

  @Test
  void scalingForRoundingKeepsEveryAnswerUpToOneFactor() {
    SplitMix mix = new SplitMix(22);
    for (int group = 0; group < Rounding.GROUPS; group++) {
      CompactNet net = net(mix);
      Minibatch batch = batch(mix);
      float[][] before = scores(net, batch);
      CompactNet scaled = net.copy();
      float factor = Rounding.apply(scaled, group, Rounding.levels(group) - 1);
      Arrays.fill(scaled.rounded, false);
      float[][] after = scores(scaled, batch);
      for (int k = 0; k < before.length; k++) {
        for (int i = 0; i < SIZE; i++) {
          assertEquals(before[k][i] * factor, after[k][i], 1e-3f * factor, "group " + group);
        }
      }
    }
  }

  private static CompactNet net(SplitMix mix) {
    CompactNet net = new CompactNet(6, 4, 5, 3, 3);
    for (int i = 0; i < net.weights.length; i++) {
      net.weights[i] = (float) mix.gaussian();
    }
    return net;
  }

  private static Minibatch batch(SplitMix mix) {
    Minibatch batch = new Minibatch(SIZE, 4);
    for (int i = 0; i < SIZE; i++) {
      batch.rows[i] = mix.below(6);
      for (int f = 0; f < 4; f++) {
        batch.features[f][i] = mix.below(2);
      }
    }
    return batch;
  }

  private static float[][] scores(CompactNet net, Minibatch batch) {
    float[][] scores = new Backprop(net, SIZE).forward(batch, net.effective());
    float[][] copy = new float[scores.length][];
    for (int k = 0; k < copy.length; k++) {
      copy[k] = scores[k].clone();
    }
    return copy;
  }
}
