package dev.axon64.codegen.network;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves that every partial sum of a network is exact in float32 under any order and any
 * contraction.
 *
 * <p>The argument is: if all terms of a sum are multiples of 2^g and the sum of their absolute
 * values is at most 2^(g+24), then every partial sum, in whatever order and with or without fused
 * multiply-adds, is a multiple of 2^g of at most 24 significant bits, and so a float32. It is
 * checked unit by unit, with the grids and bounds that the layer before has proven.
 *
 * @param exact whether the argument holds for every unit
 * @param reason where it first fails; empty if it holds
 * @param layers what was proven, in order, up to the failure
 */
public record Exactness(boolean exact, String reason, List<LayerProof> layers) {
  private static final int SIGNIFICAND_BITS = 24;
  private static final int LEAST_EXPONENT = -149;

  /**
   * What is proven of one layer.
   *
   * @param name the layer's name
   * @param gridExponent its sums are multiples of 2^gridExponent
   * @param greatestSum bound on the sum of absolute values of a unit's terms
   * @param bits significant bits that bound needs on that grid; at most 24
   */
  public record LayerProof(String name, int gridExponent, double greatestSum, int bits) {}

  public Exactness {
    layers = List.copyOf(layers);
  }

  /** The values that a unit can have: multiples of 2^grid within the interval. */
  private record Value(int grid, Interval range) {}

  /** Applies the argument to a network. */
  public static Exactness of(Network network) {
    DispatchSpec spec = network.spec();
    List<LayerProof> proofs = new ArrayList<>();
    List<Value> inputs = new ArrayList<>();
    for (int c = 0; c < spec.embeddingWidth(); c++) {
      inputs.add(column(network, c));
    }
    for (Feature feature : spec.features()) {
      Optional<Value> value = feature(feature);
      if (value.isEmpty()) {
        return new Exactness(false, "feature " + feature + " is not on a dyadic grid", proofs);
      }
      inputs.add(value.get());
    }
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      LayerBounds bounds = new LayerBounds(network, l, inputs);
      if (bounds.bits > SIGNIFICAND_BITS || bounds.grid < LEAST_EXPONENT) {
        return new Exactness(
            false,
            "layer "
                + layer.name()
                + " needs "
                + bounds.bits
                + " bits at unit "
                + bounds.worst
                + "; float32 has 24",
            proofs);
      }
      proofs.add(new LayerProof(layer.name(), bounds.grid, bounds.greatest, bounds.bits));
      inputs = bounds.outputs;
    }
    return new Exactness(true, "", proofs);
  }

  /** The smallest power of two that {@code value} is a multiple of, as an exponent. */
  static int gridExponent(float value) {
    if (value == 0) {
      return Float.MAX_EXPONENT;
    }
    int bits = Float.floatToRawIntBits(value);
    int exponent = Math.max((bits >>> 23) & 0xff, 1) - 127 - 23;
    int significand = (bits & 0x7fffff) | ((bits & 0x7f800000) == 0 ? 0 : 0x800000);
    return exponent + Integer.numberOfTrailingZeros(significand);
  }

  private static Value column(Network network, int c) {
    int grid = Float.MAX_EXPONENT;
    Interval range = Interval.of(network.embedding(0, c));
    for (int row = 0; row < network.spec().embeddingRows(); row++) {
      float value = network.embedding(row, c);
      grid = Math.min(grid, gridExponent(value));
      range = range.union(Interval.of(value));
    }
    return new Value(grid, range);
  }

  /** The values of a feature; empty where they do not lie on a dyadic grid. */
  private static Optional<Value> feature(Feature feature) {
    if (feature instanceof Feature.Scaled scaled) {
      float divisor = scaled.divisor();
      boolean powerOfTwo = Math.scalb(1f, Math.getExponent(divisor)) == divisor;
      return powerOfTwo
          ? Optional.of(new Value(-Math.getExponent(divisor), new Interval(0, feature.greatest())))
          : Optional.empty();
    }
    return Optional.of(
        new Value(gridExponent(feature.greatest()), Interval.of(feature.greatest())));
  }

  /** The bounds of one layer's units. */
  private static final class LayerBounds {
    final List<Value> outputs = new ArrayList<>();
    int grid = Float.MAX_EXPONENT;
    int bits;
    int worst;
    double greatest;

    LayerBounds(Network network, int layer, List<Value> inputs) {
      LayerSpec shape = network.spec().layers().get(layer);
      for (int unit = 0; unit < shape.outputs(); unit++) {
        add(network, layer, unit, inputs, shape.activation());
      }
    }

    private void add(
        Network network, int layer, int unit, List<Value> inputs, Activation activation) {
      float bias = network.bias(layer, unit);
      int unitGrid = gridExponent(bias);
      double absolute = Math.abs(bias);
      Interval range = Interval.of(bias);
      for (int i = 0; i < inputs.size(); i++) {
        float weight = network.weight(layer, unit, i);
        Value input = inputs.get(i);
        if (weight != 0 && input.range.magnitude() != 0) {
          unitGrid = Math.min(unitGrid, gridExponent(weight) + input.grid);
          absolute += Math.abs(weight) * input.range.magnitude();
          range = range.plus(input.range.times(weight));
        }
      }
      int need = bitsFor(absolute, unitGrid);
      if (need > bits) {
        bits = need;
        worst = unit;
      }
      grid = Math.min(grid, unitGrid);
      greatest = Math.max(greatest, absolute);
      Interval out = activation == Activation.RELU ? range.rectified() : range;
      outputs.add(new Value(unitGrid, out));
    }

    private static int bitsFor(double absolute, int grid) {
      double steps = absolute * Math.pow(2, -grid);
      if (steps == 0) {
        return 0;
      }
      // A bound of exactly 2^24 counts as 25 bits: simpler, and on the safe side.
      return Math.getExponent(steps) + 1;
    }
  }
}
