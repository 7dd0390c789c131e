package dev.axon64.weights.train;

import dev.axon64.weights.train.CompactNet.Part;

/**
 * Brings a network onto the integers, one group of parts after the other. Rectifiers let a unit be
 * scaled up if what reads it is scaled down, and all scores be scaled together, without changing an
 * answer: so each group is first scaled to a wanted size, then rounded, then trained on with
 * rounded weights in the forward pass.
 */
final class Rounding {
  /** Groups of parts: first layer, second layer and its bias, scores and their bias. */
  static final int GROUPS = 5;

  /** Sizes that a group's greatest weight is scaled to, smallest first. */
  private static final int[] LEVELS = {
    1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 256, 512, 1024, 2048
  };

  private Rounding() {}

  /** How many sizes there are to try for a group; biases have the size of their layer. */
  static int levels(int group) {
    return group == 2 || group == 4 ? 1 : LEVELS.length;
  }

  /**
   * Scales and rounds a group.
   *
   * @return what all scores, and so all margins, were multiplied by
   */
  static float apply(CompactNet net, int group, int level) {
    float size = LEVELS[level];
    return switch (group) {
      case 0 -> firstLayer(net, size);
      case 1 -> secondLayer(net, size);
      case 2 -> {
        net.rounded[Part.HIDDEN_BIAS.ordinal()] = true;
        yield 1;
      }
      case 3 -> scores(net, size);
      default -> {
        net.rounded[Part.SCORES_BIAS.ordinal()] = true;
        yield 1;
      }
    };
  }

  private static float firstLayer(CompactNet net, float size) {
    for (int u = 0; u < net.first; u++) {
      float greatest = net.greatest(net.feature(u, 0), net.feature(u, 0) + net.features);
      if (greatest == 0) {
        greatest = spread(net, u);
      }
      if (greatest != 0) {
        net.scaleFirst(u, size / greatest);
      }
    }
    net.rounded[Part.TABLE.ordinal()] = true;
    net.rounded[Part.FEATURES.ordinal()] = true;
    return 1;
  }

  private static float secondLayer(CompactNet net, float size) {
    for (int u = 0; u < net.second; u++) {
      float greatest = net.greatest(net.hidden(u, 0), net.hidden(u, 0) + net.first);
      if (greatest != 0) {
        net.scaleSecond(u, size / greatest);
      }
    }
    net.rounded[Part.HIDDEN.ordinal()] = true;
    return 1;
  }

  private static float scores(CompactNet net, float size) {
    float greatest = net.greatest(net.start(Part.SCORES), net.end(Part.SCORES));
    float factor = greatest == 0 ? 1 : size / greatest;
    net.scale(net.start(Part.SCORES), net.end(Part.SCORES_BIAS), factor);
    net.rounded[Part.SCORES.ordinal()] = true;
    return factor;
  }

  private static float spread(CompactNet net, int unit) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int row = 0; row < net.rows; row++) {
      least = Math.min(least, net.weights[net.table(unit, row)]);
      greatest = Math.max(greatest, net.weights[net.table(unit, row)]);
    }
    return greatest - least;
  }
}
