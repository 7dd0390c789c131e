package dev.axon64.codegen.network;

import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that an exact plan's sums can have on the way, whatever the word and the order of the
 * terms: a start plus any of the terms, where a term may be anywhere between 0 and its ends.
 *
 * @param layers by layer, then by unit
 */
record PartialSums(List<List<Interval>> layers) {
  static PartialSums of(ForwardPlan plan) {
    List<List<Interval>> layers = new ArrayList<>();
    List<Interval> inputs = plan.spec().features().stream().map(PartialSums::ofFeature).toList();
    for (int l = 0; l < plan.layers().size(); l++) {
      PlannedLayer layer = plan.layers().get(l);
      List<Interval> sums = new ArrayList<>();
      for (int u = 0; u < layer.units().size(); u++) {
        sums.add(sum(start(plan, l, u), layer.units().get(u), inputs));
      }
      layers.add(sums);
      boolean relu = layer.activation() == Activation.RELU;
      inputs = relu ? sums.stream().map(Interval::rectified).toList() : sums;
    }
    return new PartialSums(layers);
  }

  /** The least and the greatest of a layer's sums; of none, zero. */
  Interval ofLayer(int layer) {
    return layers.get(layer).stream().reduce(Interval::union).orElse(Interval.of(0));
  }

  private static Interval ofFeature(Feature feature) {
    return Interval.of(feature.greatest()).union(Interval.of(0));
  }

  private static Interval start(ForwardPlan plan, int layer, int unit) {
    if (layer > 0) {
      return Interval.of(plan.layers().get(layer).units().get(unit).bias());
    }
    float[] starts = plan.table().get(unit);
    Interval range = Interval.of(starts[0]);
    for (float start : starts) {
      range = range.union(Interval.of(start));
    }
    return range;
  }

  private static Interval sum(Interval start, Unit unit, List<Interval> inputs) {
    Interval sum = start;
    for (Term term : unit.terms()) {
      Interval product = inputs.get(term.input()).times(term.weight());
      sum = sum.plus(product.union(Interval.of(0)));
    }
    return sum;
  }
}
