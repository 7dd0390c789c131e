package dev.axon64.codegen.network.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.program.CompiledTensorProgram;
import dev.axon64.codegen.emit.program.ShaderTensorBackend;
import dev.axon64.codegen.fixtures.CodeSizes;
import dev.axon64.codegen.fixtures.RandomGraph;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random graphs: programs mean what the layers mean, and generated Java gives the same bits. */
class RandomGraphTest {
  private static final int SAMPLES = 9;
  private static final int MOST_BYTECODES = 2000;

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void theInterpreterIsCloseToTheLayersInDouble(@ForAll long seed) {
    Graph graph = RandomGraph.of(seed);
    GraphWeights weights = RandomGraph.weights(graph, seed);
    TensorProgram program = GraphLowering.lower(graph);
    NetworkRunner interpreter = new TensorProgramInterpreter(program, program.pack(weights));
    NaiveForward naive = new NaiveForward(graph, weights);
    float[] samples = RandomGraph.samples(graph, 3, seed);
    float[] answer = new float[program.outputs()];
    for (int s = 0; s < 3; s++) {
      interpreter.run(samples, s * program.inputs(), answer, 0);
      double[] expected = naive.run(samples, s * program.inputs());
      for (int i = 0; i < answer.length; i++) {
        // Layernorm of nearly equal columns enlarges rounding errors by up to 300.
        double tolerance = 2e-3 * Math.max(1, Math.abs(expected[i]));
        assertEquals(expected[i], answer[i], tolerance, RandomGraph.text(seed));
      }
    }
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void generatedJavaIsTheInterpreterAtEveryWidth(@ForAll long seed) {
    Graph graph = RandomGraph.of(seed);
    TensorProgram program = GraphLowering.lower(graph);
    float[] packed = program.pack(RandomGraph.weights(graph, seed));
    float[] samples = RandomGraph.samples(graph, SAMPLES, seed);
    int[] expected = answers(program, new TensorProgramInterpreter(program, packed), samples);
    String before = System.getProperty("axon64.vector.bits");
    try {
      for (String bits : new String[] {"128", "256", "512"}) {
        System.setProperty("axon64.vector.bits", bits);
        CompiledTensorProgram compiled = CompiledTensorProgram.of(program);
        assertArrayEquals(
            expected,
            answers(program, compiled.with(packed), samples),
            bits + " bits\n" + RandomGraph.text(seed));
        withinBudget(compiled);
      }
    } finally {
      if (before == null) {
        System.clearProperty("axon64.vector.bits");
      } else {
        System.setProperty("axon64.vector.bits", before);
      }
    }
  }

  @Property(tries = 20)
  void textDependsOnTheGraphAlone(@ForAll long seed) {
    Graph graph = RandomGraph.of(seed);
    ShaderTensorBackend backend = ShaderTensorBackend.metal();
    assertEquals(
        backend.generate(GraphLowering.lower(graph)),
        backend.generate(GraphLowering.lower(RandomGraph.of(seed))));
  }

  private static int[] answers(TensorProgram program, NetworkRunner runner, float[] samples) {
    int count = samples.length / program.inputs();
    float[] answers = new float[count * program.outputs()];
    for (int s = 0; s < count; s++) {
      runner.run(samples, s * program.inputs(), answers, s * program.outputs());
    }
    return RandomGraph.bits(answers);
  }

  private static void withinBudget(CompiledTensorProgram compiled) {
    for (byte[] classFile : compiled.classes().values()) {
      for (Map.Entry<String, Integer> method : CodeSizes.of(classFile).entrySet()) {
        assertTrue(method.getValue() <= MOST_BYTECODES, method.toString());
      }
    }
  }
}
