package dev.axon64.weights.finetune;

import dev.axon64.weights.data.SplitMix;

/**
 * The paired sign-flip test (Fisher's randomisation test): if two networks were equally good, each
 * difference might as well have had the other sign. All signs are tried where there are few
 * differences, else a fixed random draw of them.
 */
final class SignFlips {
  /** Differences of which all signs are tried. */
  private static final int FEW = 16;

  private static final int DRAWS = 20_000;

  private SignFlips() {}

  /**
   * How likely a sum as great as that of the differences is by chance.
   *
   * @return from just over 0 to 1; 1 if nothing differs
   */
  static double chance(double[] differences) {
    double sum = 0;
    double size = 0;
    for (double difference : differences) {
      sum += difference;
      size += Math.abs(difference);
    }
    double least = sum - 1e-9 * size;
    return differences.length <= FEW ? all(differences, least) : drawn(differences, least);
  }

  private static double all(double[] differences, double least) {
    int cases = 1 << differences.length;
    int reached = 0;
    for (int signs = 0; signs < cases; signs++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += (signs >>> i & 1) == 0 ? differences[i] : -differences[i];
      }
      reached += sum >= least ? 1 : 0;
    }
    return (double) reached / cases;
  }

  private static double drawn(double[] differences, double least) {
    SplitMix random = SplitMix.of(differences.length, "signs");
    int reached = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      long signs = 0;
      for (int i = 0; i < differences.length; i++) {
        signs = i % Long.SIZE == 0 ? random.next() : signs >>> 1;
        sum += (signs & 1) == 0 ? differences[i] : -differences[i];
      }
      reached += sum >= least ? 1 : 0;
    }
    // The signs as they are count as one of the draws.
    return (reached + 1.0) / (DRAWS + 1.0);
  }
}
