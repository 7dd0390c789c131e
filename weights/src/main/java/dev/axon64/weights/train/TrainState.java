package dev.axon64.weights.train;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Everything that the next epoch depends on; what a checkpoint holds. */
final class TrainState {
  /** What is being done, in order. */
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

  final List<EpochRecord> history = new ArrayList<>();
}
