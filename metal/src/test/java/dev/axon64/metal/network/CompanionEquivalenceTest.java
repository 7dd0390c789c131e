package dev.axon64.metal.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.program.CompiledTensorProgram;
import dev.axon64.codegen.emit.program.ShaderTensorBackend;
import dev.axon64.codegen.fixtures.RandomGraph;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.codegen.network.program.TensorProgram;
import dev.axon64.codegen.network.program.TensorProgramInterpreter;
import dev.axon64.metal.cpp.CppShader;
import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalKernel;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated Java, the shader on this executor and the shader as C++ give the same bits; the first
 * samples also go through the interpreter. A few hundred samples for each network, 100,000 in a
 * campaign ({@code -Daxon64.campaign=true}); one in eight holds NaN, an infinity or another
 * extreme.
 */
class CompanionEquivalenceTest {
  private static final boolean CAMPAIGN = Boolean.getBoolean("axon64.campaign");
  private static final int SAMPLES = CAMPAIGN ? 100_000 : 200;
  private static final int INTERPRETED = 8;

  /** The samples of one run; each has scratch space of its own. */
  private static final int CHUNK = 200;

  @ParameterizedTest
  @ValueSource(strings = {"memory-oracle", "loop-detector", "pattern-recognizer"})
  void executorsAgreeWithRandomWeights(String name) {
    Graph graph = Graphs.read(name);
    agree(graph, RandomGraph.weights(graph, 64), SAMPLES);
  }

  @Test
  void executorsAgreeWithThePublishedOracle() {
    Graph graph = Graphs.read("memory-oracle");
    agree(graph, published(graph), Math.min(SAMPLES, 20_000));
  }

  /**
   * The published weights are one vector without names. Assumed: PyTorch's order of the parameters
   * as the graph lists them (encoder, lstm layer by layer, delta, confidence, pattern head), each
   * row-major. What speaks for it beside the total: cut that way, the four tensors of the
   * confidence head, and they alone, lie wholly within PyTorch's starting range of one over the
   * root of their inputs and nearly fill it, as if that head had never been trained.
   */
  @Test
  void thePublishedVectorIsCutWhereItsTensorsBegin() {
    Graph graph = Graphs.read("memory-oracle");
    GraphWeights weights = published(graph);
    for (Parameter parameter : graph.parameters()) {
      if (parameter.name().endsWith("weight") || parameter.name().contains("weight_")) {
        int inputs = parameter.shape().get(1);
        double start = 1 / Math.sqrt(parameter.name().startsWith("lstm.") ? 128 : inputs);
        double most = 0;
        for (float value : weights.values(parameter.name())) {
          most = Math.max(most, Math.abs(value));
        }
        boolean untrained = parameter.name().startsWith("confidence_head.");
        assertEquals(untrained, most <= start && most > 0.98 * start, parameter + " " + most);
      }
    }
  }

  private static GraphWeights published(Graph graph) {
    Path file =
        Path.of(System.getProperty("axon64.shared", "../shared"), "seed")
            .resolve("memory_oracle_lstm_weights.npy");
    Assumptions.assumeTrue(
        Files.exists(file), () -> "skipped: the published weights are not at " + file);
    return GraphWeights.read(graph, file);
  }

  private static void agree(Graph graph, GraphWeights weights, int count) {
    TensorProgram program = GraphLowering.lower(graph);
    float[] packed = program.pack(weights);
    NetworkShader shader = new NetworkShader(program, packed);
    String source = shader.source();
    NetworkRunner reference = new TensorProgramInterpreter(program, packed);
    NetworkRunner java = CompiledTensorProgram.of(program).with(packed);
    MetalKernel kernel =
        MetalProgram.compile(source, program.name() + ".metal").kernel(ShaderTensorBackend.KERNEL);
    boolean compiler = CppShader.compiler().isPresent();
    try (CppShader cpp = compiler ? CppShader.compile(source, "-O2 -march=native") : null) {
      for (int from = 0; from < count; from += CHUNK) {
        int some = Math.min(CHUNK, count - from);
        float[] samples = RandomGraph.samples(graph, some, from);
        int[] expected = answers(program, java, samples, some);
        if (from == 0) {
          int first = Math.min(INTERPRETED, some);
          assertArrayEquals(
              answers(program, reference, samples, first),
              Arrays.copyOf(expected, first * program.outputs()),
              "interpreter and Java");
        }
        Map<Integer, byte[]> asCpp = shader.buffers(samples, 0, some);
        CompletableFuture<Void> beside =
            compiler
                ? CompletableFuture.runAsync(
                    () -> cpp.run(ShaderTensorBackend.KERNEL, GridSize.of(some), asCpp))
                : CompletableFuture.completedFuture(null);
        Map<Integer, byte[]> onJvm = shader.buffers(samples, 0, some);
        kernel.run(GridSize.of(some), onJvm, RunOptions.defaults());
        beside.join();
        assertArrayEquals(expected, NetworkShader.answers(onJvm), "Java and shader");
        if (compiler) {
          assertArrayEquals(expected, NetworkShader.answers(asCpp), "Java and C++");
        }
        assertTrue(distinct(expected) > some / 4, "the answers hardly depend on the samples");
      }
    }
    System.out.println(
        graph.name()
            + ": "
            + count
            + " samples, Java = shader on the JVM"
            + (compiler ? " = shader as C++" : "; no g++ or clang++ here: C++ is skipped"));
  }

  private static int[] answers(
      TensorProgram program, NetworkRunner runner, float[] samples, int some) {
    float[] answers = new float[some * program.outputs()];
    for (int s = 0; s < some; s++) {
      runner.run(samples, s * program.inputs(), answers, s * program.outputs());
    }
    return RandomGraph.bits(answers);
  }

  private static long distinct(int[] bits) {
    return Arrays.stream(bits).distinct().count();
  }
}
