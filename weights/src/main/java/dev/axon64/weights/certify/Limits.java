package dev.axon64.weights.certify;

import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Source;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * The margin at or below which a decision is not safe, by row of the embedding and by kernel
 * chosen. Empty where nothing can unsettle a decision.
 */
final class Limits {
  private static final Limits NONE = new Limits(new float[0], 1);

  private final float[] limits;
  private final int kernels;
  private final float[] rowMost;
  private final float most;

  private Limits(float[] limits, int kernels) {
    this.limits = limits;
    this.kernels = kernels;
    rowMost = new float[limits.length / kernels];
    float greatest = -1;
    for (int i = 0; i < limits.length; i++) {
      rowMost[i / kernels] = Math.max(rowMost[i / kernels], limits[i]);
      greatest = Math.max(greatest, limits[i]);
    }
    most = greatest;
  }

  /** Against rounding: other orders, contractions and reciprocals, at the sweep's pc. */
  static Limits ofRounding(ForwardPlan plan, Network network) {
    if (plan.exact()) {
      return NONE;
    }
    DispatchSpec spec = plan.spec();
    Propagation bounds = new Propagation(network);
    return perRow(
        spec,
        row -> {
          bounds.row(row);
          for (int f = 0; f < spec.features().size(); f++) {
            if (PcReach.isOfPc(spec.features().get(f))) {
              bounds.feature(f, 0, Sweep.REFERENCE_PC);
            } else {
              bounds.wholeFeature(f);
            }
          }
          bounds.run();
        },
        kernel -> 2 * bounds.decisionError(kernel));
  }

  /** Against any other pc. */
  static Limits ofPc(ForwardPlan plan, Network network) {
    if (!pcMatters(plan)) {
      return NONE;
    }
    DispatchSpec spec = plan.spec();
    if (spec.index().source() == Source.PC) {
      float[] unlimited = new float[spec.embeddingRows() * spec.kernels().size()];
      Arrays.fill(unlimited, Float.POSITIVE_INFINITY);
      return new Limits(unlimited, spec.kernels().size());
    }
    PcReach reach = new PcReach(network);
    return perRow(spec, reach::row, reach::decisionReach);
  }

  /** Whether some weight that is not zero multiplies a pc field, or the pc selects the row. */
  static boolean pcMatters(ForwardPlan plan) {
    DispatchSpec spec = plan.spec();
    return spec.index().source() == Source.PC
        || plan.layers().get(0).units().stream()
            .flatMap(unit -> unit.terms().stream())
            .filter(term -> term.weight() != 0)
            .anyMatch(term -> PcReach.isOfPc(spec.features().get(term.input())));
  }

  private static Limits perRow(DispatchSpec spec, IntConsumer prepare, IntToDoubleFunction limit) {
    int kernels = spec.kernels().size();
    float[] limits = new float[spec.embeddingRows() * kernels];
    for (int row = 0; row < spec.embeddingRows(); row++) {
      prepare.accept(row);
      for (int kernel = 0; kernel < kernels; kernel++) {
        limits[row * kernels + kernel] = rounded(limit.applyAsDouble(kernel));
      }
    }
    return new Limits(limits, kernels);
  }

  /** As float32, upwards, and allowing for the margin itself being a rounded difference. */
  static float rounded(double limit) {
    return Math.nextUp((float) (limit * (1 + 0x1p-22) + Float.MIN_VALUE));
  }

  boolean isEmpty() {
    return limits.length == 0;
  }

  /** Whether a word with that margin may be unsafe, for any row and kernel. */
  boolean mayReach(float margin) {
    return margin <= most;
  }

  /** Whether a word of that row with that margin may be unsafe, for any kernel. */
  boolean mayReach(int row, float margin) {
    return margin <= rowMost[row];
  }

  boolean reaches(int row, int kernel, float margin) {
    return margin <= limits[row * kernels + kernel];
  }

  /** The greatest limit; 0 where there is none. */
  float most() {
    return Math.max(most, 0);
  }
}
