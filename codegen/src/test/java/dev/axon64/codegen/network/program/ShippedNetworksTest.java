package dev.axon64.codegen.network.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.fixtures.RandomGraph;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedNetworksTest {
  @ParameterizedTest
  @ValueSource(strings = {"memory-oracle", "loop-detector", "pattern-recognizer"})
  void programsAreCloseToTheLayersInDouble(String name) {
    Graph graph = Graphs.read(name);
    GraphWeights weights = RandomGraph.weights(graph, 5);
    TensorProgram program = GraphLowering.lower(graph);
    float[] sample = RandomGraph.samples(graph, 1, 6);
    float[] answer = new float[program.outputs()];
    new TensorProgramInterpreter(program, program.pack(weights)).run(sample, 0, answer, 0);
    double[] expected = new NaiveForward(graph, weights).run(sample, 0);
    for (int i = 0; i < answer.length; i++) {
      assertEquals(expected[i], answer[i], 1e-4, name + " output " + i);
    }
  }
}
