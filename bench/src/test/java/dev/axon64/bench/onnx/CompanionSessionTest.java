package dev.axon64.bench.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.graph.Graph;
import dev.axon64.codegen.graph.GraphWeights;
import dev.axon64.codegen.graph.Graphs;
import dev.axon64.codegen.loops.GraphLowering;
import dev.axon64.codegen.loops.LoopProgram;
import dev.axon64.codegen.loops.LoopsInterpreter;
import dev.axon64.codegen.loops.LoopsRunner;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers, names and layouts mean here what they mean to a library that knows nothing of us. */
class CompanionSessionTest {
  @ParameterizedTest
  @ValueSource(strings = {"memory-oracle", "loop-detector", "pattern-recognizer"})
  void onnxRuntimeGivesNearlyTheSame(String name) {
    Graph graph = Graphs.read(name);
    float[] values = random(graph.parameterCount(), 0.2f);
    GraphWeights weights = GraphWeights.flat(graph, values, name);
    LoopProgram program = GraphLowering.lower(graph);
    LoopsRunner loops = new LoopsInterpreter(program, program.pack(weights));
    float[] sample = random(graph.inputSize(), 2);
    float[] expected = new float[graph.outputSize()];
    float[] answer = new float[graph.outputSize()];
    loops.run(sample, 0, expected, 0);
    try (CompanionSession session = new CompanionSession(graph, weights)) {
      session.run(sample, 0, answer, 0);
    }
    for (int i = 0; i < answer.length; i++) {
      assertEquals(expected[i], answer[i], 1e-4f, name + " output " + i);
    }
  }

  private static float[] random(int count, float most) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1) * most;
    }
    return values;
  }
}
