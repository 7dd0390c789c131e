package dev.axon64.bench.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.Layer;

/** The work of a network in multiply-adds, of its matrix products alone. */
public final class LayerWork {
  private LayerWork() {}

  /** Of one proposal. */
  public static long multiplyAdds(Graph graph) {
    return graph.layers().stream().mapToLong(LayerWork::multiplyAdds).sum();
  }

  private static long multiplyAdds(Layer layer) {
    return switch (layer) {
      case Layer.Linear linear -> (long) linear.from().size() * linear.width();
      case Layer.Lstm lstm -> {
        long columns = 0;
        for (int l = 0; l < lstm.layers(); l++) {
          columns += lstm.inputs(l) + lstm.hidden();
        }
        long rows = (long) Layer.Lstm.GATES * lstm.hidden() * lstm.directions();
        yield lstm.from().steps() * rows * columns;
      }
      case Layer.Attention attention -> {
        long width = attention.from().width();
        long queries = attention.from().steps();
        long memory = attention.over().steps();
        // Queries and the joined heads, keys and contents; then scores and mixtures.
        yield 2 * width * width * (queries + memory) + 2 * queries * memory * width;
      }
      case Layer.Input input -> 0;
      case Layer.LayerNorm norm -> 0;
      case Layer.Pointwise pointwise -> 0;
      case Layer.Softmax softmax -> 0;
      case Layer.Concat concat -> 0;
      case Layer.Slice slice -> 0;
      case Layer.Last last -> 0;
      case Layer.Mean mean -> 0;
    };
  }
}
