package dev.axon64.bench.cli;

import dev.axon64.bench.FmaBenchmark;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec;

/**
 * The network's work in multiply-adds per word.
 *
 * @param published every weight of every layer
 * @param lowered what is left when the embedding is folded and zeros and dead units are gone
 */
record MultiplyAdds(int published, int lowered) {
  static MultiplyAdds of(DispatchSpec spec, ForwardPlan plan) {
    int published = 0;
    for (LayerSpec layer : spec.layers()) {
      published += layer.inputs() * layer.outputs();
    }
    return new MultiplyAdds(published, plan.layers().stream().mapToInt(PlannedLayer::terms).sum());
  }

  /** Scalar multiply-adds per nanosecond, from the time of one call of the FMA benchmark. */
  static double rate(double nanoseconds, int vectorBits) {
    return FmaBenchmark.PER_CALL * (double) (vectorBits / Float.SIZE) / nanoseconds;
  }
}
