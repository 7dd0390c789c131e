package dev.axon64.weights.certify;

import dev.axon64.codegen.network.spec.Source;
import java.util.Arrays;

/**
 * The limit against other pcs for the words of one block: most of their inputs are the same, so it
 * is far closer than that of the whole row. Not thread-safe.
 */
final class BlockPc {
  private final PcReach reach;
  private final float[] limits;

  BlockPc(Sweep sweep) {
    boolean bounded =
        !sweep.pc.isEmpty() && sweep.oneRowPerBlock() && sweep.spec.index().source() == Source.WORD;
    this.reach = bounded ? new PcReach(sweep.network) : null;
    this.limits = new float[sweep.spec.kernels().size()];
    Arrays.fill(limits, Float.POSITIVE_INFINITY);
  }

  /** Turns to a block of aligned consecutive words, {@code first} to {@code last}. */
  void prepare(int first, int last) {
    if (reach != null) {
      reach.block(first, last);
      Arrays.fill(limits, Float.NaN);
    }
  }

  /** Whether another pc might take the lead from {@code kernel}, which leads by {@code margin}. */
  boolean reaches(int kernel, float margin) {
    if (Float.isNaN(limits[kernel])) {
      limits[kernel] = Limits.rounded(reach.decisionReach(kernel));
    }
    return margin <= limits[kernel];
  }
}
