package dev.axon64.weights.train;

import java.util.List;

/** A training that goes on epoch by epoch and can be stopped after each. */
public sealed interface Training permits EmbeddingTraining, DenseTraining {
  /** Trains one epoch; must not be called once {@link #finished}. */
  EpochRecord epoch();

  /** Whether there is nothing more to do. */
  boolean finished();

  /** Whether it ended with what it was meant to reach. */
  boolean succeeded();

  /** The learning curve so far. */
  List<EpochRecord> history();
}
