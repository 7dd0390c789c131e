package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Exactness.LayerProof;
import java.util.List;
import java.util.Objects;

/**
 * Why the order of evaluation cannot change an answer, as far as it cannot.
 *
 * @param kind how it was shown
 * @param reason where exactness fails; empty if it holds
 * @param layers the grids and bounds that were proven, up to the failure
 * @param greatestBound a margin above this is safe whatever the word: greatest over all rows and
 *     kernels; 0 where all sums are exact
 */
public record OrderProof(Kind kind, String reason, List<LayerProof> layers, float greatestBound) {
  public OrderProof {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(reason);
    layers = List.copyOf(layers);
  }

  /** How it was shown. */
  public enum Kind {
    /** Every partial sum is exact in float32 under any order and any contraction. */
    EXACT,
    /** Rounding errors of score differences bounded for any order and contraction. */
    ERROR_BOUND
  }
}
