package dev.axon64.propose.companion;

import dev.axon64.codegen.network.graph.Graph;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

  /** The places of {@code count} neighbouring values, the greatest first, down to a distance. */
  List<Integer> ranked(int from, int count, double distance) {
    double best = values[from + greatest(from, count, 1)];
    return IntStream.range(0, count)
        .filter(i -> values[from + i] >= best - distance)
        .boxed()
        .sorted(Comparator.<Integer>comparingDouble(i -> -values[from + i]))
        .toList();
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
