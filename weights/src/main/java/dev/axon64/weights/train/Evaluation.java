package dev.axon64.weights.train;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.weights.data.Columns;

/**
 * A network measured by the reference forward pass, which shares no code with the trainer's loops.
 *
 * @param examples how many were measured
 * @param errors those for which another kernel was chosen
 * @param ties those for which no kernel's score was above all others
 * @param leastMargin least lead of the right kernel's score over the best other one
 * @param byKernel examples whose right kernel is the one of that index
 */
public record Evaluation(int examples, int errors, int ties, float leastMargin, int[] byKernel) {

  /** Measures the network on these examples. */
  public static Evaluation of(Network network, Columns examples) {
    ReferenceForward forward = new ReferenceForward(network);
    int errors = 0;
    int ties = 0;
    float least = Float.POSITIVE_INFINITY;
    int[] byKernel = new int[network.spec().kernels().size()];
    for (int i = 0; i < examples.size(); i++) {
      int label = examples.labels()[i];
      float[] scores = forward.scores(examples.words()[i], examples.pcs()[i]);
      int chosen = network.spec().decision().choose(scores);
      float margin = margin(scores, label);
      errors += chosen == label ? 0 : 1;
      ties += margin == 0 ? 1 : 0;
      least = Math.min(least, margin);
      byKernel[label]++;
    }
    return new Evaluation(examples.size(), errors, ties, least, byKernel);
  }

  private static float margin(float[] scores, int label) {
    float other = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < scores.length; k++) {
      other = k == label ? other : Math.max(other, scores[k]);
    }
    return scores[label] - other;
  }

  /** Share of examples that are right. */
  public double accuracy() {
    return 1 - (double) errors / examples;
  }
}
