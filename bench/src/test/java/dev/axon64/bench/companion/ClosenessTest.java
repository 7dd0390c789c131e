package dev.axon64.bench.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.graph.Graphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers, names and layouts mean here what they mean to a library that knows nothing of us. */
class ClosenessTest {
  /** Samples whose answers are compared; ours are slow until they are compiled. */
  private static final int SOME = 6;

  @ParameterizedTest
  @ValueSource(strings = {"memory-oracle", "loop-detector", "pattern-recognizer"})
  void onnxRuntimeGivesNearlyTheSame(String network) {
    double random = Closeness.farthest(CompanionInputs.random(network), SOME);
    assertTrue(random <= Closeness.TOLERANCE, () -> "random weights: " + random);
    assertTrue(random > 0, "sums in another order");
    double shipped = Closeness.farthest(CompanionInputs.shipped(network), SOME);
    assertTrue(shipped <= Closeness.TOLERANCE, () -> "shipped weights: " + shipped);
  }

  /** Samples must differ, or an executor that mixes them up would not be noticed. */
  @ParameterizedTest
  @ValueSource(strings = {"memory-oracle", "loop-detector", "pattern-recognizer"})
  void eachSampleHasAnAnswerOfItsOwn(String network) {
    CompanionInputs inputs = CompanionInputs.shipped(network);
    int size = inputs.graph().outputSize();
    float[] answers = inputs.answers(NetworkExecutor.ONNX, 64, CompanionInputs.SAMPLES);
    int unlike = 0;
    for (int i = 0; i < size; i++) {
      unlike += Closeness.distance(answers[i], answers[size + i]) > Closeness.TOLERANCE ? 1 : 0;
    }
    assertTrue(unlike > 0, network);
  }

  @Test
  void whatIsTooFarIsNoticed() {
    assertTrue(new Closeness(0, 1e-6).holds());
    assertFalse(new Closeness(1, 0).holds());
    assertFalse(new Closeness(0, 1e-3).holds());
    assertEquals(0.5, Closeness.distance(0, 0.5));
    assertEquals(0.5, Closeness.distance(2, 1));
    assertFalse(new Closeness(0, Closeness.distance(Double.NaN, 1)).holds());
  }

  /** By hand: 16 steps, an LSTM of 2 x 128 over 64 columns, heads on the last step. */
  @Test
  void workIsThatOfTheMatrices() {
    long encoder = 16L * (10 * 64 + 64 * 64);
    long lstm = 16L * 4 * 128 * (64 + 128 + 128 + 128);
    long heads = 128 * 128 + 128 * 8 + 2 * 128 * 64 + 64 * 8 + 64 * 4;
    assertEquals(encoder + lstm + heads, LayerWork.multiplyAdds(Graphs.read("memory-oracle")));
  }
}
