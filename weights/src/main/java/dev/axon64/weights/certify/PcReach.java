package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.network.spec.Source;

/**
 * How far score differences can move, in real arithmetic, when the pc goes from 0 to any other: the
 * pc's features range over their whole intervals, the word's stay what they are. Differences are
 * carried through the layers as intervals; a ReLU passes on at most the difference, and no more
 * than its unit's range allows. Not thread-safe.
 */
final class PcReach {
  private final Network network;
  private final DispatchSpec spec;
  private final Propagation ranges;
  private final double[][] least;
  private final double[][] greatest;

  PcReach(Network network) {
    this.network = network;
    this.spec = network.spec();
    this.ranges = new Propagation(network);
    int layers = spec.layers().size();
    least = new double[layers][];
    greatest = new double[layers][];
    for (int l = 0; l < layers; l++) {
      least[l] = new double[spec.layers().get(l).inputs()];
      greatest[l] = new double[spec.layers().get(l).inputs()];
    }
    if (spec.index().source() == Source.PC) {
      throw new IllegalArgumentException("the pc selects the embedding's row");
    }
  }

  /** Prepares the answers for words of that row of the embedding, whatever their other bits. */
  void row(int row) {
    ranges.row(row);
    for (int f = 0; f < spec.features().size(); f++) {
      ranges.wholeFeature(f);
    }
    carry();
  }

  /**
   * Prepares the answers for aligned consecutive words of one row, {@code first} to {@code last}.
   */
  void block(int first, int last) {
    ranges.row(spec.index().extract(first, Sweep.REFERENCE_PC));
    for (int f = 0; f < spec.features().size(); f++) {
      if (isOfPc(spec.features().get(f))) {
        ranges.wholeFeature(f);
      } else {
        ranges.wordFeature(f, first, last);
      }
    }
    carry();
  }

  private void carry() {
    ranges.run();
    for (int f = 0; f < spec.features().size(); f++) {
      int i = spec.embeddingWidth() + f;
      boolean ofPc = isOfPc(spec.features().get(f));
      // At pc 0 a field is 0, and 0 is the least that it can be.
      greatest[0][i] = ofPc ? ranges.greatest[0][i] : 0;
    }
    for (int l = 0; l + 1 < spec.layers().size(); l++) {
      for (int unit = 0; unit < spec.layers().get(l).outputs(); unit++) {
        difference(l, unit, spec.layers().get(l));
      }
    }
  }

  static boolean isOfPc(Feature feature) {
    return feature.field().map(field -> field.source() == Source.PC).orElse(false);
  }

  private void difference(int l, int unit, LayerSpec layer) {
    double low = 0;
    double high = 0;
    for (int i = 0; i < layer.inputs(); i++) {
      double weight = network.weight(l, unit, i);
      double a = weight * least[l][i];
      double b = weight * greatest[l][i];
      low += Math.min(a, b);
      high += Math.max(a, b);
    }
    low = outward(low, -1);
    high = outward(high, 1);
    if (layer.activation() == Activation.RELU) {
      // Both values lie in [0, top], where top is 0 for a unit that cannot fire.
      double top = ranges.greatest[l + 1][unit];
      low = Math.max(low, -top);
      high = Math.min(high, top);
    }
    least[l + 1][unit] = low;
    greatest[l + 1][unit] = high;
  }

  /**
   * Away from what additions in double may have rounded. Intervals of differences hold 0, so ends
   * are sums of one sign, and a relative widening covers it.
   */
  private static double outward(double sum, int direction) {
    return sum + direction * (Math.abs(sum) * 0x1p-30 + 0x1p-60);
  }

  /** The most by which score {@code b} can gain on score {@code a}. */
  double gain(int b, int a) {
    int last = spec.layers().size() - 1;
    double most = 0;
    for (int i = 0; i < least[last].length; i++) {
      double weight = (double) network.weight(last, b, i) - network.weight(last, a, i);
      most += Math.max(weight * least[last][i], weight * greatest[last][i]);
    }
    return outward(most, 1);
  }

  /** The most by which score {@code b} can rise, or fall where {@code sign} is -1. */
  private double change(int b, int sign) {
    int last = spec.layers().size() - 1;
    double most = 0;
    for (int i = 0; i < least[last].length; i++) {
      double weight = sign * (double) network.weight(last, b, i);
      most += Math.max(weight * least[last][i], weight * greatest[last][i]);
    }
    return outward(most, 1);
  }

  /**
   * A word of this row for which {@code kernel} leads by more than this at pc 0 keeps that kernel
   * at every pc, in any float32 evaluation.
   */
  double decisionReach(int kernel) {
    double most = 0;
    boolean floored = ranges.floorMatters();
    for (int other = 0; other < spec.kernels().size(); other++) {
      if (other != kernel) {
        most = Math.max(most, gain(other, kernel));
      }
      if (floored) {
        // The floor counts as a score: others may rise over it, the leader may sink under it.
        most = Math.max(most, change(other, other == kernel ? -1 : 1));
      }
    }
    return most + 2 * ranges.decisionError(kernel);
  }
}
