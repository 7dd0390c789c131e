package dev.axon64.codegen.network;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.network.spec.Source;
import java.util.List;

/**
 * The lowered network, from which emitters work. The embedding is folded through the first layer,
 * so that a unit there starts from a table entry; later units start from their bias. Each then adds
 * its terms in order.
 *
 * @param spec shapes, fields, decision
 * @param weightsSha256 of the float32, little-endian in the order of the spec's tensors
 * @param exact whether every partial sum is exact, so that order and contraction change nothing;
 *     otherwise emitters keep the order given and round multiply and add apart
 * @param proof what is known of the network's arithmetic; where {@code exact}, it holds
 * @param table by live unit of the first layer, then by index value: bias plus the embedding's
 *     terms
 * @param layers at least one; the last gives the scores and keeps every unit
 */
public record ForwardPlan(
    DispatchSpec spec,
    String weightsSha256,
    boolean exact,
    Exactness proof,
    List<float[]> table,
    List<PlannedLayer> layers) {

  public ForwardPlan {
    table = List.copyOf(table);
    layers = List.copyOf(layers);
  }

  /**
   * A layer after lowering.
   *
   * @param name as in the spec
   * @param activation as in the spec
   * @param units the units that are left, by ascending original index
   */
  public record PlannedLayer(String name, Activation activation, List<Unit> units) {
    public PlannedLayer {
      units = List.copyOf(units);
    }

    /** The number of multiply-adds. */
    public int terms() {
      return units.stream().mapToInt(u -> u.terms().size()).sum();
    }
  }

  /**
   * A unit.
   *
   * @param index its index in the spec's layer
   * @param bias where its sum starts; unused in the first layer, whose table holds it
   * @param terms what the sum adds, in order
   */
  public record Unit(int index, float bias, List<Term> terms) {
    public Unit {
      terms = List.copyOf(terms);
    }
  }

  /**
   * {@code weight * input}.
   *
   * @param input in the first layer an index into the spec's features, later the position of a unit
   *     in the planned layer before
   * @param weight never zero where the plan is exact
   */
  public record Term(int input, float weight) {}

  /** Indices of the features that some unit reads, ascending. */
  public List<Integer> liveFeatures() {
    return layers.get(0).units().stream()
        .flatMap(u -> u.terms().stream())
        .map(Term::input)
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether the answer can depend on the pc at all: some live field is read from it. */
  public boolean readsPc() {
    return spec.index().source() == Source.PC
        || liveFeatures().stream()
            .flatMap(f -> spec.features().get(f).field().stream())
            .anyMatch(field -> field.source() == Source.PC);
  }
}
