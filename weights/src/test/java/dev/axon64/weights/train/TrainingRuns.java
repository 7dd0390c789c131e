package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.data.SmallSpec;

/** Small trainings for tests. */
final class TrainingRuns {
  /** Few cases; the features are the lowest bits. */
  static final String SMALL = SmallSpec.text(0);

  private TrainingRuns() {}

  static EmbeddingTraining of(DispatchSpec spec, long seed, int mostEpochs) {
    return new EmbeddingTraining(
        spec, DataSet.of(spec, seed), DecisionDomain.of(spec), seed, mostEpochs);
  }

  static void epochs(Training training, int count) {
    for (int i = 0; i < count && !training.finished(); i++) {
      training.epoch();
    }
  }
}
