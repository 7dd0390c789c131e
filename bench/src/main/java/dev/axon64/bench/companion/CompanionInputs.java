package dev.axon64.bench.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.support.InputException;
import dev.axon64.propose.companion.CompanionNetwork;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A network and what it is asked.
 *
 * @param graph its layers
 * @param weights its weights
 * @param samples {@link #SAMPLES} random ones, one after another
 */
record CompanionInputs(Graph graph, GraphWeights weights, float[] samples) {
  /** Samples that calls go through, over and over. */
  static final int SAMPLES = 64;

  private static final float MOST_WEIGHT = 0.2f;

  /** A shipped network under its shipped weights. */
  static CompanionInputs shipped(String network) {
    CompanionNetwork.Shape shape =
        Arrays.stream(CompanionNetwork.Shape.values())
            .filter(s -> s.graph().equals(network))
            .findFirst()
            .orElseThrow(
                () -> new InputException(network, "is no network; one of " + Graphs.SHIPPED));
    return of(Graphs.read(network), CompanionNetwork.shippedWeights(shape));
  }

  /** A shipped network under random weights. */
  static CompanionInputs random(String network) {
    Graph graph = Graphs.read(network);
    float[] values = numbers(graph.parameterCount(), -MOST_WEIGHT, MOST_WEIGHT);
    return of(graph, GraphWeights.flat(graph, values, network));
  }

  /** Inputs are bits, magnitudes and steps, all of them from -1 to 1. */
  private static CompanionInputs of(Graph graph, GraphWeights weights) {
    return new CompanionInputs(graph, weights, numbers(SAMPLES * graph.inputSize(), -1, 1));
  }

  private static float[] numbers(int count, float least, float most) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(least, most);
    }
    return values;
  }

  /** The answers to the first samples, asked {@code batch} at a time. */
  float[] answers(NetworkExecutor executor, int batch, int count) {
    float[] answers = new float[count * graph.outputSize()];
    try (NetworkExecutor.Network network = executor.open(this, batch)) {
      for (int i = 0; i < count; i += batch) {
        network.runner().run(samples, i * graph.inputSize(), answers, i * graph.outputSize());
      }
    }
    return answers;
  }
}
