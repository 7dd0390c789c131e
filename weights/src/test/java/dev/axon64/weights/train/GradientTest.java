package dev.axon64.weights.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.weights.data.SplitMix;
import org.junit.jupiter.api.Test;

/** Gradients against finite differences of losses written down a second time, in double. */
final class GradientTest {
  private static final int SIZE = 24;
  private static final double STEP = 1e-5;
  private static final float MARGIN = 0.5f;

  @Test
  void compactNetGradientIsTheSlopeOfItsLoss() {
    SplitMix mix = new SplitMix(11);
    CompactNet net = new CompactNet(5, 3, 4, 3, 2);
    for (int i = 0; i < net.weights.length; i++) {
      net.weights[i] = (float) mix.gaussian();
    }
    Minibatch batch = new Minibatch(SIZE, 3);
    for (int i = 0; i < SIZE; i++) {
      batch.rows[i] = mix.below(5);
      batch.labels[i] = mix.below(4);
      for (int f = 0; f < 3; f++) {
        batch.features[f][i] = mix.below(2);
      }
    }
    Backprop pass = new Backprop(net, SIZE, 0);
    pass.forward(batch, net.effective());
    float[] gradient = pass.backward(batch, MARGIN).clone();
    double[] weights = widened(net.weights);
    assertEquals(compactLoss(net, weights, batch), pass.loss(), 1e-5);
    int moving = 0;
    for (int i = 0; i < weights.length; i++) {
      double slope = slope(weights, i, w -> compactLoss(net, w, batch));
      assertEquals(slope, gradient[i], 1e-3 * Math.max(1, Math.abs(slope)), "weight " + i);
      moving += Math.abs(slope) > 1e-3 ? 1 : 0;
    }
    assertTrue(moving > weights.length / 2, "only " + moving + " weights matter to this loss");
  }

  @Test
  void denseNetGradientIsTheSlopeOfItsScores() {
    for (boolean tanh : new boolean[] {true, false}) {
      SplitMix mix = new SplitMix(12);
      DenseNet net = new DenseNet(new int[] {4, 5, 3, 2}, tanh, SIZE);
      net.start(mix);
      float[][] slopes = net.scoreSlopes();
      for (int i = 0; i < SIZE; i++) {
        for (int f = 0; f < 4; f++) {
          net.inputs()[f][i] = (float) mix.uniform();
        }
        for (int k = 0; k < 2; k++) {
          slopes[k][i] = (float) mix.gaussian();
        }
      }
      net.forward();
      net.backward();
      double[] weights = widened(net.weights);
      for (int i = 0; i < weights.length; i++) {
        double slope = slope(weights, i, w -> denseLoss(net, w, slopes, tanh));
        assertEquals(slope, net.gradient[i], 1e-4, "weight " + i + (tanh ? " tanh" : " relu"));
      }
    }
  }

  @FunctionalInterface
  private interface Loss {
    double of(double[] weights);
  }

  private static double slope(double[] weights, int at, Loss loss) {
    double[] moved = weights.clone();
    moved[at] = weights[at] + STEP;
    double above = loss.of(moved);
    moved[at] = weights[at] - STEP;
    return (above - loss.of(moved)) / (2 * STEP);
  }

  private static double compactLoss(CompactNet net, double[] w, Minibatch batch) {
    double loss = 0;
    for (int n = 0; n < SIZE; n++) {
      double[] first = new double[net.first];
      for (int u = 0; u < net.first; u++) {
        first[u] = w[net.table(u, batch.rows[n])];
        for (int f = 0; f < net.features; f++) {
          first[u] += w[net.feature(u, f)] * batch.features[f][n];
        }
        first[u] = Math.max(first[u], 0);
      }
      double[] second = new double[net.second];
      for (int u = 0; u < net.second; u++) {
        second[u] = w[net.start(CompactNet.Part.HIDDEN_BIAS) + u];
        for (int i = 0; i < net.first; i++) {
          second[u] += w[net.hidden(u, i)] * first[i];
        }
        second[u] = Math.max(second[u], 0);
      }
      double[] scores = new double[net.kernels];
      for (int k = 0; k < net.kernels; k++) {
        scores[k] = w[net.start(CompactNet.Part.SCORES_BIAS) + k];
        for (int i = 0; i < net.second; i++) {
          scores[k] += w[net.score(k, i)] * second[i];
        }
      }
      for (int k = 0; k < net.kernels; k++) {
        double h = MARGIN - (scores[batch.labels[n]] - scores[k]);
        if (k != batch.labels[n] && h > 0) {
          loss += h <= MARGIN ? h * h / 2 : MARGIN * (h - MARGIN / 2);
        }
      }
    }
    return loss / SIZE;
  }

  private static double denseLoss(DenseNet net, double[] w, float[][] slopes, boolean tanh) {
    int[] sizes = net.sizes();
    double loss = 0;
    for (int n = 0; n < SIZE; n++) {
      double[] in = new double[sizes[0]];
      for (int f = 0; f < in.length; f++) {
        in[f] = net.inputs()[f][n];
      }
      for (int l = 1; l < sizes.length; l++) {
        double[] out = new double[sizes[l]];
        for (int u = 0; u < out.length; u++) {
          out[u] = w[net.matrix(l) + sizes[l] * sizes[l - 1] + u];
          for (int i = 0; i < in.length; i++) {
            out[u] += w[net.matrix(l) + u * sizes[l - 1] + i] * in[i];
          }
          boolean hidden = l < sizes.length - 1;
          out[u] = !hidden ? out[u] : tanh ? Math.tanh(out[u]) : Math.max(out[u], 0);
        }
        in = out;
      }
      for (int k = 0; k < in.length; k++) {
        loss += slopes[k][n] * in[k];
      }
    }
    return loss / SIZE;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
