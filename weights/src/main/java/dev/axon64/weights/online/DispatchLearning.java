package dev.axon64.weights.online;

import dev.axon64.codegen.dispatch.OnlineLearner;
import dev.axon64.codegen.dispatch.OnlineLearning;

/** Learns with the trainer and the certifier that made the shipped models. */
public final class DispatchLearning implements OnlineLearning {
  @Override
  public OnlineLearner begin(Task task) {
    return new BackgroundLearner(task, Certifying.ALL_WORDS).started();
  }
}
