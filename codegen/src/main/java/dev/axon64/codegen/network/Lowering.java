package dev.axon64.codegen.network;

import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.support.Digests;
import java.util.ArrayList;
import java.util.List;

/**
 * Lowers a network to a plan. The embedding's part of each first-layer sum, which the published
 * order adds first, becomes a table. Where the arithmetic is exact, zero weights are dropped,
 * constant inputs and units move into the sums that read them, and units that never fire or that
 * nothing reads are dropped.
 */
public final class Lowering {
  private final Network network;
  private final DispatchSpec spec;
  private final Exactness proof;
  private final boolean exact;

  private Lowering(Network network, boolean strict) {
    this.network = network;
    this.spec = network.spec();
    this.proof = Exactness.of(network);
    this.exact = proof.exact() && !strict;
  }

  /** The best plan that this network's arithmetic allows. */
  public static ForwardPlan lower(Network network) {
    return new Lowering(network, false).run();
  }

  /** The plan in the published order, bit for bit, whatever the weights. */
  public static ForwardPlan strict(Network network) {
    return new Lowering(network, true).run();
  }

  /**
   * A unit while it is lowered: its start values (one, or one per index value), terms and range.
   */
  private record Draft(int index, float[] start, List<Term> terms, Interval range) {
    boolean constant() {
      return range.least() == range.greatest();
    }
  }

  private ForwardPlan run() {
    List<List<Draft>> layers = new ArrayList<>();
    List<Draft> units = firstLayer();
    layers.add(units);
    for (int l = 1; l < spec.layers().size(); l++) {
      units = laterLayer(l, units);
      layers.add(units);
    }
    return exact ? plan(pruned(layers)) : plan(layers);
  }

  private List<Draft> firstLayer() {
    LayerSpec layer = spec.layers().get(0);
    List<Draft> units = new ArrayList<>();
    for (int u = 0; u < layer.outputs(); u++) {
      float[] start = new float[spec.embeddingRows()];
      for (int row = 0; row < start.length; row++) {
        start[row] = embeddingSum(u, row);
      }
      units.add(firstUnit(u, start, layer.activation()));
    }
    return units;
  }

  private float embeddingSum(int unit, int row) {
    float sum = network.bias(0, unit);
    for (int c = 0; c < spec.embeddingWidth(); c++) {
      sum += network.weight(0, unit, c) * network.embedding(row, c);
    }
    return sum;
  }

  private Draft firstUnit(int unit, float[] start, Activation activation) {
    List<Term> terms = new ArrayList<>();
    Interval range = Interval.of(start[0]);
    for (float value : start) {
      range = range.union(Interval.of(value));
    }
    for (int f = 0; f < spec.features().size(); f++) {
      float weight = network.weight(0, unit, spec.embeddingWidth() + f);
      Feature feature = spec.features().get(f);
      if (feature instanceof Feature.Constant constant && (exact || constant.constant() == 0)) {
        // Adding +-0 changes no comparison and no later sum, so that is sound in either mode.
        float shift = weight * constant.constant();
        for (int row = 0; row < start.length; row++) {
          start[row] += shift;
        }
        range = range.plus(Interval.of(shift));
      } else if (!exact || weight != 0) {
        terms.add(new Term(f, weight));
        range = range.plus(featureRange(feature).times(weight));
      }
    }
    return new Draft(unit, start, terms, activated(range, activation));
  }

  private static Interval featureRange(Feature feature) {
    return feature instanceof Feature.Constant constant
        ? Interval.of(constant.constant())
        : new Interval(0, feature.greatest());
  }

  private List<Draft> laterLayer(int l, List<Draft> inputs) {
    LayerSpec layer = spec.layers().get(l);
    List<Draft> units = new ArrayList<>();
    for (int u = 0; u < layer.outputs(); u++) {
      float start = network.bias(l, u);
      Interval range = Interval.of(start);
      List<Term> terms = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        float weight = network.weight(l, u, i);
        Draft input = inputs.get(i);
        range = range.plus(input.range.times(weight));
        if (exact && input.constant()) {
          start += (float) (weight * input.range.least());
        } else if (!exact || weight != 0) {
          terms.add(new Term(i, weight));
        }
      }
      units.add(new Draft(u, new float[] {start}, terms, activated(range, layer.activation())));
    }
    return units;
  }

  private static Interval activated(Interval range, Activation activation) {
    return activation == Activation.RELU ? range.rectified() : range;
  }

  /** Drops, from the last layer backwards, every unit that no later sum reads. */
  private static List<List<Draft>> pruned(List<List<Draft>> layers) {
    List<List<Draft>> result = new ArrayList<>(layers);
    for (int l = layers.size() - 1; l > 0; l--) {
      List<Draft> readers = result.get(l);
      List<Integer> read =
          readers.stream()
              .flatMap(d -> d.terms.stream())
              .map(Term::input)
              .distinct()
              .sorted()
              .toList();
      List<Draft> before = result.get(l - 1);
      result.set(l - 1, read.stream().map(before::get).toList());
      result.set(l, readers.stream().map(d -> renumbered(d, read)).toList());
    }
    return result;
  }

  private static Draft renumbered(Draft draft, List<Integer> kept) {
    List<Term> terms =
        draft.terms.stream().map(t -> new Term(kept.indexOf(t.input()), t.weight())).toList();
    return new Draft(draft.index, draft.start, terms, draft.range);
  }

  private ForwardPlan plan(List<List<Draft>> drafts) {
    List<PlannedLayer> layers = new ArrayList<>();
    for (int l = 0; l < drafts.size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      List<Unit> units =
          drafts.get(l).stream().map(d -> new Unit(d.index, d.start[0], d.terms)).toList();
      layers.add(new PlannedLayer(layer.name(), layer.activation(), units));
    }
    return new ForwardPlan(
        spec,
        Digests.sha256(network.weights()),
        exact,
        proof,
        drafts.get(0).stream().map(Draft::start).toList(),
        layers);
  }
}
