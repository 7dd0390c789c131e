package dev.axon64.weights.train;

import java.util.Arrays;

/**
 * The live part of an embedding network while it is trained: {@code first} units of the first
 * layer, {@code second} of the second, one score per kernel. Each live first-layer unit reads an
 * embedding column of its own with weight 1 and bias 0: a column has a free value for every index,
 * so any other mix of columns, weight or bias there would say nothing more.
 *
 * <p>Weights lie in one array, part after part, so that optimiser, masks and checkpoints are loops.
 */
final class CompactNet {
  /** The parts of the weight array, in order. */
  enum Part {
    TABLE,
    FEATURES,
    HIDDEN,
    HIDDEN_BIAS,
    SCORES,
    SCORES_BIAS
  }

  final int rows;
  final int features;
  final int kernels;
  final int first;
  final int second;

  /** Weights, by {@link Part}; what lies outside the mask is zero. */
  final float[] weights;

  /** Whether a weight may be other than zero. */
  final boolean[] live;

  /** By part: whether the forward pass sees its weights rounded to integers. */
  final boolean[] rounded = new boolean[Part.values().length];

  private final int[] offsets = new int[Part.values().length + 1];

  CompactNet(int rows, int features, int kernels, int first, int second) {
    this.rows = rows;
    this.features = features;
    this.kernels = kernels;
    this.first = first;
    this.second = second;
    int[] sizes = {
      first * rows, first * features, second * first, second, kernels * second, kernels
    };
    for (int p = 0; p < sizes.length; p++) {
      offsets[p + 1] = offsets[p] + sizes[p];
    }
    this.weights = new float[offsets[sizes.length]];
    this.live = new boolean[weights.length];
    Arrays.fill(live, true);
  }

  CompactNet copy() {
    CompactNet copy = new CompactNet(rows, features, kernels, first, second);
    System.arraycopy(weights, 0, copy.weights, 0, weights.length);
    System.arraycopy(live, 0, copy.live, 0, live.length);
    System.arraycopy(rounded, 0, copy.rounded, 0, rounded.length);
    return copy;
  }

  int start(Part part) {
    return offsets[part.ordinal()];
  }

  int end(Part part) {
    return offsets[part.ordinal() + 1];
  }

  /** Index of the table value of first-layer unit {@code unit} for an embedding row. */
  int table(int unit, int row) {
    return start(Part.TABLE) + unit * rows + row;
  }

  int feature(int unit, int feature) {
    return start(Part.FEATURES) + unit * features + feature;
  }

  int hidden(int unit, int input) {
    return start(Part.HIDDEN) + unit * first + input;
  }

  int score(int kernel, int input) {
    return start(Part.SCORES) + kernel * second + input;
  }

  /** The weights as the forward pass sees them: rounded where the part is. */
  float[] effective() {
    float[] effective = new float[weights.length];
    for (Part part : Part.values()) {
      int from = start(part);
      int to = end(part);
      if (rounded[part.ordinal()]) {
        for (int i = from; i < to; i++) {
          effective[i] = (float) Math.rint(weights[i]);
        }
      } else {
        System.arraycopy(weights, from, effective, from, to - from);
      }
    }
    return effective;
  }

  /** Multiplies the weights from {@code from} to {@code to - 1}. */
  void scale(int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      weights[i] *= factor;
    }
  }

  /**
   * Multiplies what a first-layer unit reads, and divides what reads the unit: with a factor above
   * 0 no answer changes, since units are rectifiers.
   */
  void scaleFirst(int unit, float factor) {
    scale(table(unit, 0), table(unit, 0) + rows, factor);
    scale(feature(unit, 0), feature(unit, 0) + features, factor);
    for (int reader = 0; reader < second; reader++) {
      weights[hidden(reader, unit)] /= factor;
    }
  }

  /** The same for a second-layer unit. */
  void scaleSecond(int unit, float factor) {
    scale(hidden(unit, 0), hidden(unit, 0) + first, factor);
    weights[start(Part.HIDDEN_BIAS) + unit] *= factor;
    for (int kernel = 0; kernel < kernels; kernel++) {
      weights[score(kernel, unit)] /= factor;
    }
  }

  /** The greatest size of the weights from {@code from} to {@code to - 1}. */
  float greatest(int from, int to) {
    float greatest = 0;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, Math.abs(weights[i]));
    }
    return greatest;
  }

  /** Takes a weight out for good. */
  void kill(int index) {
    live[index] = false;
    weights[index] = 0;
  }
}
