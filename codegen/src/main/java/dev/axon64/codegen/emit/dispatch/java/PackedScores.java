package dev.axon64.codegen.emit.dispatch.java;

import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.ForwardPlan;
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
 * score s, a multiple of 2^g within +-b, is replaced by (s / 2^g + b / 2^g + 1) * 2^m + code, with
 * m bits for a code that also breaks ties the spec's way. All are positive whole numbers under
 * 2^24, so exact; their float32 bit patterns order like integers, and the greatest pattern alone
 * tells the kernel. Scaling by a power of two and shifting every score alike changes no comparison.
 *
 * @param layer the last layer with weights scaled and biases shifted
 * @param codeBits m
 * @param gridExponent g
 */
record PackedScores(PlannedLayer layer, int codeBits, int gridExponent) {
  private static final int SIGNIFICAND_BITS = 24;

  /** Returns the packed layer, if the plan's proof leaves room for it. */
  static Optional<PackedScores> of(ForwardPlan plan) {
    PlannedLayer last = plan.layers().get(plan.layers().size() - 1);
    boolean fits =
        plan.exact()
            && plan.layers().size() > 1
            && last.activation() == Activation.LINEAR
            && plan.spec().decision().floor() == Float.NEGATIVE_INFINITY;
    if (!fits) {
      return Optional.empty();
    }
    int kernels = last.units().size();
    int codeBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(kernels - 1));
    Exactness.LayerProof bounds = plan.proof().layers().get(plan.layers().size() - 1);
    double bound = bounds.greatestSum() * Math.pow(2, -bounds.gridExponent()) + 1;
    if ((2 * bound + 1) * (1 << codeBits) >= 1 << SIGNIFICAND_BITS) {
      return Optional.empty();
    }
    float scale = (float) Math.pow(2, codeBits - bounds.gridExponent());
    float shift = (float) (bound * (1 << codeBits));
    List<Unit> units = new ArrayList<>();
    for (int k = 0; k < kernels; k++) {
      units.add(
          packed(last.units().get(k), scale, shift + code(plan.spec().decision(), k, kernels)));
    }
    PlannedLayer layer = new PlannedLayer(last.name(), Activation.LINEAR, units);
    return Optional.of(new PackedScores(layer, codeBits, bounds.gridExponent()));
  }

  /** The greater code wins among equal scores. */
  private static int code(Decision decision, int kernel, int kernels) {
    return decision.lowestWins() ? kernels - 1 - kernel : kernel;
  }

  private static Unit packed(Unit unit, float scale, float shift) {
    List<Term> terms =
        unit.terms().stream().map(t -> new Term(t.input(), t.weight() * scale)).toList();
    return new Unit(unit.index(), unit.bias() * scale + shift, terms);
  }
}
