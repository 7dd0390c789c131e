package dev.axon64.codegen.network;

import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.spec.Decision;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores that carry their kernel. Where the last layer is linear and exact with bits to spare, each
 * score s, a multiple of 2^g of at least b, is replaced by 2^23 + (s - b) / 2^g * 2^m + code, with
 * m bits for a code that also breaks ties the spec's way. All sums on the way are whole numbers
 * from 2^23 up to but not at 2^24, so exact; the significand of such a float32 is the number
 * itself. The greatest bit pattern alone, read as an integer, tells the kernel in its lowest bits.
 * Scaling by a power of two and shifting every score alike changes no comparison.
 *
 * @param layer the last layer with weights scaled and biases shifted
 * @param codeBits m
 * @param gridExponent g
 */
public record PackedScores(PlannedLayer layer, int codeBits, int gridExponent) {
  /** The least packed score, 2^23: from here on a float32 counts by ones. */
  public static final int LEAST = 1 << 23;

  /** Returns the packed layer, if the plan's proof leaves room for it. */
  public static Optional<PackedScores> of(ForwardPlan plan) {
    int l = plan.layers().size() - 1;
    PlannedLayer last = plan.layers().get(l);
    boolean fits =
        plan.exact()
            && l > 0
            && last.activation() == Activation.LINEAR
            && plan.spec().decision().floor() == Float.NEGATIVE_INFINITY;
    if (!fits) {
      return Optional.empty();
    }
    int kernels = last.units().size();
    int codeBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(kernels - 1));
    int grid = plan.proof().layers().get(l).gridExponent();
    double scale = Math.pow(2, codeBits - grid);
    Interval sums = PartialSums.of(plan).ofLayer(l).times(scale);
    if (sums.greatest() - sums.least() + (1 << codeBits) > LEAST) {
      return Optional.empty();
    }
    List<Unit> units = new ArrayList<>();
    for (int k = 0; k < kernels; k++) {
      double shift = LEAST - sums.least() + code(plan.spec().decision(), k, kernels);
      units.add(packed(last.units().get(k), scale, shift));
    }
    PlannedLayer layer = new PlannedLayer(last.name(), Activation.LINEAR, units);
    return Optional.of(new PackedScores(layer, codeBits, grid));
  }

  /** The greater code wins among equal scores. */
  private static int code(Decision decision, int kernel, int kernels) {
    return decision.lowestWins() ? kernels - 1 - kernel : kernel;
  }

  private static Unit packed(Unit unit, double scale, double shift) {
    List<Term> terms =
        unit.terms().stream().map(t -> new Term(t.input(), (float) (t.weight() * scale))).toList();
    return new Unit(unit.index(), (float) (unit.bias() * scale + shift), terms);
  }
}
