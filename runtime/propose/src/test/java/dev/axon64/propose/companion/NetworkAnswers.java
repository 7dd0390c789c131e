package dev.axon64.propose.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.program.NetworkRunner;
import java.util.Arrays;
import java.util.Random;

/** Prints a hash of what each companion network answers. A test starts it in another JVM. */
final class NetworkAnswers {
  /** The second answer must not depend on the first. */
  private static final int ASKED = 2;

  private NetworkAnswers() {}

  /** Random weights, the same each time. */
  static GraphWeights weights(Graph graph) {
    Random random = new Random(64);
    float[] flat = new float[graph.parameterCount()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) (random.nextGaussian() / 10);
    }
    return GraphWeights.flat(graph, flat, "random");
  }

  /** Random inputs, the same each time. */
  static float[] sample(Graph graph) {
    Random random = new Random(1);
    float[] sample = new float[graph.inputSize()];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.nextInt(2);
    }
    return sample;
  }

  /** A line for each network. */
  static String lines() {
    StringBuilder lines = new StringBuilder();
    for (CompanionNetwork.Shape shape : CompanionNetwork.Shape.values()) {
      Graph graph = Graphs.read(shape.graph());
      NetworkRunner runner = CompanionNetwork.of(shape, weights(graph)).runner();
      float[] sample = sample(graph);
      float[] answer = new float[graph.outputSize()];
      for (int i = 0; i < ASKED; i++) {
        Arrays.fill(answer, 0);
        runner.run(sample, 0, answer, 0);
      }
      lines.append("%s %08x%n".formatted(shape.graph(), Arrays.hashCode(answer)));
    }
    return lines.toString();
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    System.out.print(lines());
  }
}
