package dev.axon64.runtime.companion;

import dev.axon64.codegen.graph.Graph;

/** A network's answer, and where in it the named values stand. */
final class Outputs {
  final float[] values;
  private final Graph graph;

  Outputs(Graph graph) {
    this.graph = graph;
    this.values = new float[graph.outputSize()];
  }

  /** Where a value starts. */
  int at(String name) {
    return graph.outputOffset(name);
  }

  /** The place of the greatest of {@code count} values, {@code apart} from each other. */
  int greatest(int from, int count, int apart) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = values[from + i * apart] > values[from + best * apart] ? i : best;
    }
    return best;
  }
}
