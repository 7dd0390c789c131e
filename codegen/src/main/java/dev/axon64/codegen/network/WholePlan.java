package dev.axon64.codegen.network;

import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.spec.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An exact plan in whole numbers: each sum counts steps of its layer's grid, and scores are packed.
 * A range analysis says how many bits the sums need, so that emitters can take the narrowest lanes.
 *
 * @param plan what it was made from
 * @param packed the scores, as functions of the plan's own values
 * @param table as in the plan, in steps of the first layer's grid
 * @param layers as in the plan with whole weights and biases; the last is the packed one
 * @param sums by layer, then by unit: the sums on the way, in any order of terms
 */
public record WholePlan(
    ForwardPlan plan,
    PackedScores packed,
    List<float[]> table,
    List<PlannedLayer> layers,
    List<List<Range>> sums) {

  /**
   * The values that a sum can have on the way.
   *
   * @param least never above
   * @param greatest never below
   */
  public record Range(int least, int greatest) {
    /** Bits of the narrowest usual signed integer that holds all of them: 8, 16 or 32. */
    public int bits() {
      if (least >= Byte.MIN_VALUE && greatest <= Byte.MAX_VALUE) {
        return Byte.SIZE;
      }
      return least >= Short.MIN_VALUE && greatest <= Short.MAX_VALUE ? Short.SIZE : Integer.SIZE;
    }
  }

  public WholePlan {
    table = List.copyOf(table);
    layers = List.copyOf(layers);
    sums = List.copyOf(sums);
  }

  /** Returns the plan in whole numbers, if its scores can be packed and all numbers are ints. */
  public static Optional<WholePlan> of(ForwardPlan plan) {
    return PackedScores.of(plan).flatMap(packed -> new Scaling(plan, packed).run());
  }

  /** Bits of the narrowest usual signed integer that holds a layer's sums: 8, 16 or 32. */
  public int bits(int layer) {
    return sums.get(layer).stream().mapToInt(Range::bits).max().orElse(Byte.SIZE);
  }

  /** What a step of the first layer is worth: a power of two. */
  public float grid() {
    return (float) Math.pow(2, plan.proof().layers().get(0).gridExponent());
  }

  /** Whether a unit's sum can be negative, so that a rectifier has something to do. */
  public boolean canBeNegative(int layer, int unit) {
    return sums.get(layer).get(unit).least() < 0;
  }

  private static final class Scaling {
    private final ForwardPlan plan;
    private final PackedScores packed;
    private final int last;
    private boolean whole = true;

    Scaling(ForwardPlan plan, PackedScores packed) {
      this.plan = plan;
      this.packed = packed;
      this.last = plan.layers().size() - 1;
    }

    Optional<WholePlan> run() {
      List<float[]> table = plan.table().stream().map(this::column).toList();
      List<PlannedLayer> layers = new ArrayList<>();
      for (int l = 0; l <= last; l++) {
        PlannedLayer layer = l == last ? packed.layer() : plan.layers().get(l);
        int at = l;
        List<Unit> units = layer.units().stream().map(u -> unit(at, u)).toList();
        layers.add(new PlannedLayer(layer.name(), layer.activation(), units));
      }
      List<List<Range>> sums = ranges();
      return whole
          ? Optional.of(new WholePlan(plan, packed, table, layers, sums))
          : Optional.empty();
    }

    private double step(int layer) {
      return layer == last ? 1 : Math.pow(2, plan.proof().layers().get(layer).gridExponent());
    }

    private float[] column(float[] starts) {
      float[] column = new float[starts.length];
      for (int row = 0; row < starts.length; row++) {
        column[row] = checked(starts[row] / step(0));
      }
      return column;
    }

    private Unit unit(int l, Unit unit) {
      List<Term> terms =
          unit.terms().stream().map(t -> new Term(t.input(), checked(weight(l, t)))).toList();
      return new Unit(unit.index(), l == 0 ? 0 : checked(unit.bias() / step(l)), terms);
    }

    /** The weight of a field's bits, or of the steps of the unit before. */
    private double weight(int l, Term term) {
      if (l > 0) {
        return term.weight() * step(l - 1) / step(l);
      }
      // An exact plan has no constant features left.
      Feature.Scaled field = (Feature.Scaled) plan.spec().features().get(term.input());
      return term.weight() / field.divisor() / step(l);
    }

    private List<List<Range>> ranges() {
      List<List<Interval>> real = PartialSums.of(plan).layers();
      List<List<Range>> sums = new ArrayList<>();
      for (int l = 0; l < last; l++) {
        double steps = 1 / step(l);
        sums.add(real.get(l).stream().map(sum -> range(sum.times(steps))).toList());
      }
      Range scores = new Range(PackedScores.LEAST, 2 * PackedScores.LEAST - 1);
      sums.add(packed.layer().units().stream().map(unused -> scores).toList());
      return sums;
    }

    private Range range(Interval sum) {
      return new Range((int) checked(sum.least()), (int) checked(sum.greatest()));
    }

    /** Notes numbers that are not whole, or that float32 does not count one by one. */
    private float checked(double value) {
      whole &= value == Math.rint(value) && Math.abs(value) <= 2 * PackedScores.LEAST;
      return (float) value;
    }
  }
}
