package dev.axon64.weights.companion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.propose.companion.OracleFeatures;
import dev.axon64.weights.data.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  @BeforeAll
  static void needsPytorch() {
    Pytorch.assume();
  }

  private static final Graph ORACLE = Graphs.read("memory-oracle");
  private static final List<Head> HEADS = List.of(new Head("confidence", 0, 8, Head.Loss.EACH, 1));

  private static final int EXAMPLES = 640;
  private static final int LEARNT = 512;

  /** Candidate 3 is right where the last feature says so. */
  private static List<Example> examples() {
    SplitMix random = SplitMix.of(64, "examples");
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < EXAMPLES; i++) {
      float[] input = new float[ORACLE.inputSize()];
      for (int k = input.length - OracleFeatures.EVENT; k < input.length; k++) {
        input[k] = random.below(2);
      }
      float[] target = new float[ORACLE.outputSize()];
      float[] counts = new float[ORACLE.outputSize()];
      int at = ORACLE.outputOffset("confidence") + 3;
      target[at] = input[OracleFeatures.WINDOW - 1];
      counts[at] = 1;
      all.add(new Example("made up", input, target, counts));
    }
    return all;
  }

  private static float[] train(Trainer trainer) {
    List<Example> all = examples();
    return trainer.train(
        epoch -> all.subList(0, LEARNT), all.subList(LEARNT, EXAMPLES), (b, t) -> {});
  }

  @Test
  void learnsWhatCanBeLearnt() {
    Trainer trainer = new Trainer(ORACLE, HEADS, Trainer.Plan.anew(1, 8));
    train(trainer);
    double first = trainer.history().get(0).validation();
    double kept = trainer.kept().validation();
    assertTrue(kept < first / 2, first + " to " + kept);
  }

  @Test
  void theSameSeedGivesTheSameWeights() {
    float[] one = train(new Trainer(ORACLE, HEADS, Trainer.Plan.anew(2, 1)));
    float[] two = train(new Trainer(ORACLE, HEADS, Trainer.Plan.anew(2, 1)));
    assertArrayEquals(one, two, 0);
  }

  /** What is learnt is the contrary of what the start says, which decides when to stop. */
  @Test
  void whatItStartsFromMayRemainTheBest() {
    CompanionNetwork.Shape shape = CompanionNetwork.Shape.MEMORY_ORACLE;
    GraphWeights start = CompanionNetwork.shippedWeights(shape);
    NetworkRunner runner = CompanionNetwork.of(shape, start).runner();
    float[] answer = new float[ORACLE.outputSize()];
    int at = ORACLE.outputOffset("confidence") + 3;
    List<Example> right = new ArrayList<>();
    List<Example> wrong = new ArrayList<>();
    for (Example example : examples().subList(0, 128)) {
      runner.run(example.input(), 0, answer, 0);
      float[] said = new float[answer.length];
      float[] contrary = new float[answer.length];
      said[at] = Math.round(answer[at]);
      contrary[at] = 1 - said[at];
      right.add(new Example("made up", example.input(), said, example.counts()));
      wrong.add(new Example("made up", example.input(), contrary, example.counts()));
    }
    Trainer trainer = new Trainer(ORACLE, HEADS, Trainer.Plan.from(start, 1, 2));
    float[] kept = trainer.train(epoch -> wrong, right, (b, t) -> {});
    assertEquals(0, trainer.kept().number());
    assertEquals(3, trainer.history().size());
    float[] first = start.values(ORACLE.parameters().get(0).name());
    assertArrayEquals(first, Arrays.copyOf(kept, first.length), 0);
  }

  /** What PyTorch computes and what ships is the same network. */
  @ParameterizedTest
  @EnumSource
  void torchIsTheGeneratedNetwork(CompanionNetwork.Shape shape) {
    Graph graph = Graphs.read(shape.graph());
    SplitMix random = SplitMix.of(1, "sample");
    float[] sample = new float[graph.inputSize()];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.below(2);
    }
    float[] answer = new float[graph.outputSize()];
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      TorchGraph torch = new TorchGraph(graph, manager, 64);
      GraphWeights weights = GraphWeights.flat(graph, torch.flat(), "drawn");
      CompanionNetwork.of(shape, weights).runner().run(sample, 0, answer, 0);
      Map<String, NDArray> outputs =
          torch.forward(manager.create(sample, new Shape(1, sample.length)));
      for (String output : graph.outputs()) {
        float[] expected = outputs.get(output).toFloatArray();
        int at = graph.outputOffset(output);
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], answer[at + i], 1e-4f, output + " " + i);
        }
      }
    }
  }
}
