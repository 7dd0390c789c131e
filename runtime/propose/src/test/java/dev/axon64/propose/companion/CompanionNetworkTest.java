package dev.axon64.propose.companion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.network.program.TensorProgram;
import dev.axon64.codegen.network.program.TensorProgramInterpreter;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompanionNetworkTest {
  /** The classes that the build generated are the graphs, not some older ones. */
  @ParameterizedTest
  @EnumSource
  void theGeneratedNetworkIsTheGraphBitForBit(CompanionNetwork.Shape shape) {
    Graph graph = Graphs.read(shape.graph());
    GraphWeights weights = NetworkAnswers.weights(graph);
    TensorProgram program = GraphLowering.lower(graph);
    TensorProgramInterpreter reference =
        new TensorProgramInterpreter(program, program.pack(weights));
    float[] sample = NetworkAnswers.sample(graph);
    float[] expected = new float[graph.outputSize()];
    float[] answer = new float[graph.outputSize()];
    reference.run(sample, 0, expected, 0);
    CompanionNetwork.of(shape, weights).runner().run(sample, 0, answer, 0);
    assertArrayEquals(expected, answer, 0);
  }

  /** A run without it uses plain loops. */
  @Test
  void answersAreTheSameWithoutTheVectorApi() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                NetworkAnswers.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String plain = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(NetworkAnswers.lines(), plain);
  }

  @ParameterizedTest
  @CsvSource({"LOOP_DETECTOR, 1083397", "MEMORY_ORACLE, 271124", "PATTERN_RECOGNIZER, 507798"})
  void theNetworksHaveTheirParameters(CompanionNetwork.Shape shape, int parameters) {
    assertEquals(parameters, Graphs.read(shape.graph()).parameterCount());
  }

  @Test
  void aFileThatIsNoWeightsIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("weights.safetensors"), "nothing of the kind");
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> CompanionNetwork.read(CompanionNetwork.Shape.MEMORY_ORACLE, file));
    assertEquals(1, refusal.getMessage().lines().count());
  }
}
