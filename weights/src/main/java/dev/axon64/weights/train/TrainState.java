package dev.axon64.weights.train;

import dev.axon64.codegen.network.Network;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Everything that the next epoch depends on; what a checkpoint holds. */
final class TrainState {
  /** What training does, one after another. */
  enum Stage {
    /** A network of some width is trained from random weights. */
    SEARCH,
    /** A penalty pulls every term to zero; what gets there while nothing breaks is gone. */
    SPARSIFY,
    /** Features, units and terms are taken out one by one, each with retraining. */
    PRUNE,
    /** Layer by layer, weights become integers, the smallest that still train to no error. */
    ROUND,
    DONE,
    FAILED
  }

  /**
   * What Adam keeps of the second moment. Less than usual: a hinge's gradient is zero most of the
   * time, and a long memory of zeros makes the next step a leap.
   */
  private static final float SECOND_DECAY = 0.99f;

  /** Moments of nothing yet, for the network as it is. */
  static Adam freshAdam(CompactNet net) {
    return new Adam(net.weights.length, SECOND_DECAY);
  }

  Stage stage = Stage.SEARCH;
  int width;
  int attempt;
  int stageEpoch;
  int epoch;
  int roundingGroup;
  int roundingLevel;
  int removal = -1;
  float penalty;
  float margin;
  float backupMargin;
  long random;
  CompactNet net;
  Adam adam;

  /** What a failed removal or rounding goes back to. */
  CompactNet backup;

  /** Removals that failed and are not tried again. */
  BitSet kept = new BitSet();

  /** Whether attempts never read the pc; in no checkpoint, as such trainings are short. */
  boolean blind;

  /** What attempts start from; null for random weights. In no checkpoint either. */
  Network origin;

  final List<EpochRecord> history = new ArrayList<>();
}
