package dev.axon64.weights.train;

import dev.axon64.weights.train.CompactNet.Part;
import java.util.Arrays;

/**
 * Forward and backward pass of a {@link CompactNet} over a mini-batch, layer by layer in loops over
 * the examples. All sums have one written-down order, so results are the same on every machine and
 * at every vector width.
 *
 * <p>The loss of an example is the sum over wrong kernels of the hinge {@code h = max(0, margin -
 * (score of the right one - score of the wrong one))}, squared up to {@code margin} and linear
 * beyond (Huber), so that far-off examples do not drown near ones.
 */
final class Backprop {
  /** Slope of a silent unit, in the backward pass alone, so that no unit stays silent for good. */
  private static final float LEAK = 0.1f;

  private final CompactNet net;
  private final int size;
  private final float[][] first;
  private final float[][] second;
  private final float[][] scores;
  private final float[][] firstSlope;
  private final float[][] secondSlope;
  private final float[][] scoreSlope;
  private final float[] rightScore;
  private final float[] rightSlope;
  private final float[] loss;
  private final float leak;
  private final float[] gradient;
  private float[] weights;

  Backprop(CompactNet net, int size) {
    this(net, size, LEAK);
  }

  Backprop(CompactNet net, int size, float leak) {
    this.net = net;
    this.size = size;
    this.leak = leak;
    this.first = new float[net.first][size];
    this.second = new float[net.second][size];
    this.scores = new float[net.kernels][size];
    this.firstSlope = new float[net.first][size];
    this.secondSlope = new float[net.second][size];
    this.scoreSlope = new float[net.kernels][size];
    this.rightScore = new float[size];
    this.rightSlope = new float[size];
    this.loss = new float[size];
    this.gradient = new float[net.weights.length];
  }

  /** The scores of the examples, by kernel; the next call overwrites them. */
  float[][] forward(Minibatch batch, float[] effective) {
    weights = effective;
    for (int u = 0; u < net.first; u++) {
      firstUnit(batch, u, first[u]);
    }
    for (int u = 0; u < net.second; u++) {
      weightedSum(second[u], effective[net.start(Part.HIDDEN_BIAS) + u], first, net.hidden(u, 0));
      rectify(second[u]);
    }
    for (int k = 0; k < net.kernels; k++) {
      float bias = effective[net.start(Part.SCORES_BIAS) + k];
      weightedSum(scores[k], bias, second, net.score(k, 0));
    }
    return scores;
  }

  private void firstUnit(Minibatch batch, int unit, float[] out) {
    int table = net.table(unit, 0);
    int[] rows = batch.rows;
    for (int i = 0; i < size; i++) {
      out[i] = weights[table + rows[i]];
    }
    for (int f = 0; f < net.features; f++) {
      addScaled(out, weights[net.feature(unit, f)], batch.features[f]);
    }
    rectify(out);
  }

  private void weightedSum(float[] out, float bias, float[][] inputs, int at) {
    Arrays.fill(out, bias);
    for (int i = 0; i < inputs.length; i++) {
      addScaled(out, weights[at + i], inputs[i]);
    }
  }

  /**
   * The gradient of the mean loss with respect to every weight, after {@link #forward}; the next
   * call overwrites it.
   */
  float[] backward(Minibatch batch, float margin) {
    Arrays.fill(gradient, 0);
    hinge(batch, margin);
    clear(secondSlope);
    layer(scoreSlope, second, secondSlope, net.score(0, 0), net.start(Part.SCORES_BIAS));
    silence(second, secondSlope);
    clear(firstSlope);
    layer(secondSlope, first, firstSlope, net.hidden(0, 0), net.start(Part.HIDDEN_BIAS));
    silence(first, firstSlope);
    for (int u = 0; u < net.first; u++) {
      float[] slope = firstSlope[u];
      for (int f = 0; f < net.features; f++) {
        gradient[net.feature(u, f)] = Sums.dot(slope, batch.features[f]);
      }
      int table = net.table(u, 0);
      for (int i = 0; i < size; i++) {
        gradient[table + batch.rows[i]] += slope[i];
      }
    }
    float mean = 1f / size;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= mean;
    }
    return gradient;
  }

  /** The mean loss of the examples that {@link #backward} was last called for. */
  double loss() {
    return Sums.sum(loss) / (double) size;
  }

  private void hinge(Minibatch batch, float margin) {
    int[] labels = batch.labels;
    // A right score of minus infinity meets no margin, which spares the loops below a branch.
    for (int i = 0; i < size; i++) {
      float[] of = scores[labels[i]];
      rightScore[i] = of[i];
      of[i] = Float.NEGATIVE_INFINITY;
    }
    Arrays.fill(rightSlope, 0);
    Arrays.fill(loss, 0);
    for (int k = 0; k < net.kernels; k++) {
      float[] score = scores[k];
      float[] slope = scoreSlope[k];
      for (int i = 0; i < size; i++) {
        float h = Math.max(margin - (rightScore[i] - score[i]), 0f);
        float g = Math.min(h, margin);
        slope[i] = g;
        rightSlope[i] -= g;
        loss[i] += g * (h - 0.5f * g);
      }
    }
    for (int i = 0; i < size; i++) {
      scoreSlope[labels[i]][i] = rightSlope[i];
    }
  }

  /** Gradients of a layer's matrix and bias, and the slopes of its inputs. */
  private void layer(float[][] slopes, float[][] inputs, float[][] inputSlopes, int at, int bias) {
    for (int u = 0; u < slopes.length; u++) {
      gradient[bias + u] = Sums.sum(slopes[u]);
      for (int i = 0; i < inputs.length; i++) {
        int index = at + u * inputs.length + i;
        gradient[index] = Sums.dot(slopes[u], inputs[i]);
        addScaled(inputSlopes[i], weights[index], slopes[u]);
      }
    }
  }

  private void silence(float[][] values, float[][] slopes) {
    for (int u = 0; u < values.length; u++) {
      float[] value = values[u];
      float[] slope = slopes[u];
      for (int i = 0; i < size; i++) {
        slope[i] = value[i] > 0 ? slope[i] : slope[i] * leak;
      }
    }
  }

  private static void rectify(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  private static void addScaled(float[] out, float weight, float[] input) {
    if (weight == 0) {
      return;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] += weight * input[i];
    }
  }

  private static void clear(float[][] values) {
    for (float[] row : values) {
      Arrays.fill(row, 0);
    }
  }
}
