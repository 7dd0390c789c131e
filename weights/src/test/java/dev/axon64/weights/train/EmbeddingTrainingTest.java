package dev.axon64.weights.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddingTrainingTest {
  @TempDir private Path folder;

  /** Every stage is stopped in and resumed; the shipped file was trained in one go. */
  @Test
  void stoppedAndResumedInEveryStageGivesTheShippedWeights() {
    DispatchSpec spec = Models.spec("kvrm7");
    DataSet data = DataSet.of(spec, 3);
    DecisionDomain domain = DecisionDomain.of(spec);
    EmbeddingTraining training = new EmbeddingTraining(spec, data, domain, 3, 4000);
    Path file = folder.resolve("checkpoint");
    String stage = "";
    int stops = 0;
    while (!training.finished()) {
      EpochRecord record = training.epoch();
      if (!record.stage().equals(stage) || record.epoch() % 97 == 0) {
        stage = record.stage();
        Checkpoints.save(file, "kvrm7", training);
        training = Checkpoints.resume(file, "kvrm7", spec, data, domain, 3, 4000);
        stops++;
      }
    }
    assertTrue(stops >= 4, "stopped only " + stops + " times");
    assertTrue(training.succeeded());
    assertArrayEquals(Models.shipped("kvrm7").weights(), training.network().weights());
  }

  @Test
  void smallSpecTrainsToAnExactNetworkThatIgnoresThePc() {
    DispatchSpec spec = SpecTexts.parse(TrainingRuns.SMALL);
    EmbeddingTraining training = TrainingRuns.of(spec, 1, 4000);
    TrainingRuns.epochs(training, 4000);
    assertTrue(training.succeeded());
    Network network = training.network();
    Evaluation complete = Evaluation.of(network, DecisionDomain.of(spec).columns());
    assertEquals(0, complete.errors());
    assertEquals(0, complete.ties());
    assertTrue(complete.leastMargin() >= 1);
    assertTrue(Exactness.of(network).exact());
    assertFalse(Lowering.lower(network).readsPc());
    for (float weight : network.weights()) {
      assertEquals(Math.rint(weight), weight);
    }
  }

  @Test
  void labelThatTheNetworkCannotReadIsNotReached() {
    String blind = TrainingRuns.SMALL.replace("feature word[0]", "feature word[3]");
    EmbeddingTraining training = TrainingRuns.of(SpecTexts.parse(blind), 1, 120);
    TrainingRuns.epochs(training, 1000);
    assertTrue(training.finished());
    assertFalse(training.succeeded());
    assertEquals(120, training.history().size());
  }

  @Test
  void seedDecidesTheWeights() {
    DispatchSpec spec = SpecTexts.parse(TrainingRuns.SMALL);
    EmbeddingTraining one = TrainingRuns.of(spec, 5, 4000);
    EmbeddingTraining same = TrainingRuns.of(spec, 5, 4000);
    EmbeddingTraining other = TrainingRuns.of(spec, 6, 4000);
    for (EmbeddingTraining training : List.of(one, same, other)) {
      TrainingRuns.epochs(training, 12);
    }
    assertArrayEquals(one.network().weights(), same.network().weights());
    assertEquals(one.history(), same.history());
    assertFalse(Arrays.equals(one.network().weights(), other.network().weights()));
  }

  @Test
  void shapesOtherThanTwoHiddenLayersAreRefused() {
    String deep =
        """
        model flat
        index word[31:28]
        embedding 4
        feature word[0]
        layer fc1 2 linear
        decide argmax ties lowest
        group low  0... .... .... .... .... .... .... ....
        group rest .... .... .... .... .... .... .... ....
        kernel 0 A low
        kernel 1 B rest
        tensor embedding  16x4 @ 0
        tensor fc1.weight 2x5  @ 64
        tensor fc1.bias   2    @ 74
        """;
    DispatchSpec spec = SpecTexts.parse(deep);
    InputException e = assertThrows(InputException.class, () -> TrainingRuns.of(spec, 1, 10));
    assertTrue(e.getMessage().contains("two relu layers"), e.getMessage());
  }

  @Test
  void damagedForeignOrMissingCheckpointsAreRefusedInOneLine() throws Exception {
    DispatchSpec spec = SpecTexts.parse(TrainingRuns.SMALL);
    EmbeddingTraining training = TrainingRuns.of(spec, 5, 100);
    TrainingRuns.epochs(training, 2);
    Path file = folder.resolve("checkpoint");
    Checkpoints.save(file, "small", training);
    byte[] bytes = Files.readAllBytes(file);
    assertRefused(spec, file, "another", "belongs to 'small'");
    for (int at : new int[] {0, 30, bytes.length / 2, bytes.length - 1}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertRefused(spec, file, "small", "checksum differs");
    }
    Files.write(file, Arrays.copyOf(bytes, 10));
    assertRefused(spec, file, "small", "no checkpoint");
    assertRefused(spec, folder.resolve("absent"), "small", "no such file");
  }

  private static void assertRefused(DispatchSpec spec, Path file, String identity, String why) {
    DataSet data = DataSet.of(spec, 5);
    DecisionDomain domain = DecisionDomain.of(spec);
    InputException e =
        assertThrows(
            InputException.class,
            () -> Checkpoints.resume(file, identity, spec, data, domain, 5, 100));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
