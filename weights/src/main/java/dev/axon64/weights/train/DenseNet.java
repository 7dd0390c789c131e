package dev.axon64.weights.train;

import dev.axon64.weights.data.SplitMix;
import java.util.Arrays;

/**
 * A fully connected network with its forward and backward pass over a batch of fixed size. Weights
 * lie in one array, layer after layer, matrix (outputs x inputs) then bias.
 */
final class DenseNet {
  private final int[] sizes;
  private final boolean tanh;
  private final int batch;
  private final int[] offsets;
  private final float[][][] values;
  private final float[][][] slopes;
  final float[] weights;
  final float[] gradient;

  /**
   * @param sizes inputs, hidden units layer by layer, scores
   * @param tanh whether hidden units are tanh; else rectifiers
   */
  DenseNet(int[] sizes, boolean tanh, int batch) {
    this.sizes = sizes.clone();
    this.tanh = tanh;
    this.batch = batch;
    this.offsets = new int[sizes.length];
    this.values = new float[sizes.length][][];
    this.slopes = new float[sizes.length][][];
    for (int l = 0; l < sizes.length; l++) {
      values[l] = new float[sizes[l]][batch];
      slopes[l] = new float[sizes[l]][batch];
      if (l > 0) {
        offsets[l] = offsets[l - 1] + (l > 1 ? sizes[l - 1] * (sizes[l - 2] + 1) : 0);
      }
    }
    int last = sizes.length - 1;
    this.weights = new float[offsets[last] + sizes[last] * (sizes[last - 1] + 1)];
    this.gradient = new float[weights.length];
  }

  int[] sizes() {
    return sizes.clone();
  }

  /** Index of layer {@code layer}'s matrix, layers counted from 1; its bias follows it. */
  int matrix(int layer) {
    return offsets[layer];
  }

  private int bias(int layer) {
    return offsets[layer] + sizes[layer] * sizes[layer - 1];
  }

  /** Glorot's spread for tanh, He's for rectifiers; biases 0. */
  void start(SplitMix mix) {
    for (int l = 1; l < sizes.length; l++) {
      double spread = Math.sqrt((tanh ? 1.0 : 2.0) / sizes[l - 1]);
      for (int i = matrix(l); i < bias(l); i++) {
        weights[i] = (float) (spread * mix.gaussian());
      }
    }
  }

  /** Where the batch's inputs go, by input, then by example. */
  float[][] inputs() {
    return values[0];
  }

  /** Scores by kernel, then by example; the next call overwrites them. */
  float[][] forward() {
    int last = sizes.length - 1;
    for (int l = 1; l <= last; l++) {
      for (int u = 0; u < sizes[l]; u++) {
        float[] out = values[l][u];
        Arrays.fill(out, weights[bias(l) + u]);
        for (int i = 0; i < sizes[l - 1]; i++) {
          addScaled(out, weights[matrix(l) + u * sizes[l - 1] + i], values[l - 1][i]);
        }
        if (l < last) {
          activate(out);
        }
      }
    }
    return values[last];
  }

  /** Where the slopes of the loss by score go before {@link #backward}. */
  float[][] scoreSlopes() {
    return slopes[sizes.length - 1];
  }

  /** Fills the gradient: the mean over the batch. */
  void backward() {
    for (int l = sizes.length - 1; l > 0; l--) {
      for (float[] slope : slopes[l - 1]) {
        Arrays.fill(slope, 0);
      }
      for (int u = 0; u < sizes[l]; u++) {
        gradient[bias(l) + u] = Sums.sum(slopes[l][u]) / batch;
        for (int i = 0; i < sizes[l - 1]; i++) {
          int index = matrix(l) + u * sizes[l - 1] + i;
          gradient[index] = Sums.dot(slopes[l][u], values[l - 1][i]) / batch;
          if (l > 1) {
            addScaled(slopes[l - 1][i], weights[index], slopes[l][u]);
          }
        }
      }
      for (int u = 0; l > 1 && u < sizes[l - 1]; u++) {
        chain(values[l - 1][u], slopes[l - 1][u]);
      }
    }
  }

  private void activate(float[] values) {
    for (int i = 0; i < values.length; i++) {
      // StrictMath: the same last bit everywhere.
      values[i] = tanh ? (float) StrictMath.tanh(values[i]) : Math.max(values[i], 0f);
    }
  }

  private void chain(float[] values, float[] slopes) {
    for (int i = 0; i < values.length; i++) {
      slopes[i] *= tanh ? 1 - values[i] * values[i] : values[i] > 0 ? 1f : 0f;
    }
  }

  private static void addScaled(float[] out, float weight, float[] input) {
    for (int i = 0; i < out.length; i++) {
      out[i] += weight * input[i];
    }
  }
}
