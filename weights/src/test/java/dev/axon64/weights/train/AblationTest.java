package dev.axon64.weights.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.train.Ablation.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblationTest {
  @TempDir private Path folder;

  @Test
  void fewEpochsGiveARowForEachArchitecture() {
    Ablation ablation = Ablation.run(Models.spec("kvrm7"), 3, 1, 2, (a, r) -> {});
    assertEquals(
        List.of("feedforward", "feedforward-large", "feedforward-improved", "embedding"),
        ablation.rows().stream().map(Row::architecture).toList());
    assertEquals(
        List.of(42, 85, 89, 100), ablation.rows().stream().map(Row::claimedPercent).toList());
    assertEquals(8 * 8 + 8 + 8 * 7 + 7, ablation.rows().get(0).parameters());
    assertEquals(10_279, ablation.rows().get(3).parameters());
    for (Row row : ablation.rows()) {
      // Better than the share of the largest kernel: something was learnt.
      assertTrue(row.heldOut() > 0.2 && row.heldOut() <= 1, row.toString());
      assertTrue(row.completeDomain() > 0 && row.completeDomain() <= 1, row.toString());
    }
    JsonArray rows =
        JsonParser.parseString(ablation.json()).getAsJsonObject().getAsJsonArray("rows");
    assertEquals(4, rows.size());
  }

  @Test
  void tableLinesUp() {
    Ablation ablation =
        new Ablation("kvrm7", 3, List.of(new Row("feedforward", 42, 0.5, 0.25, 135, 1.26)));
    assertEquals(
        """
        model kvrm7, seed 3: accuracy in percent
        architecture            claimed   held-out  complete domain  parameters  seconds
        feedforward                  42     50.000           25.000         135      1.3
        """,
        ablation.text());
  }

  @Test
  void baselineResumesToTheSameWeights() {
    DispatchSpec spec = Models.spec("kvrm7");
    DataSet data = DataSet.of(spec, 3);
    DecisionDomain domain = DecisionDomain.of(spec);
    DenseTraining whole = dense(spec, data, domain);
    TrainingRuns.epochs(whole, 3);
    DenseTraining part = dense(spec, data, domain);
    TrainingRuns.epochs(part, 1);
    Path file = folder.resolve("checkpoint");
    Checkpoints.save(file, "dense", part);
    DenseTraining resumed = dense(spec, data, domain);
    Checkpoints.resume(file, "dense", resumed);
    TrainingRuns.epochs(resumed, 3);
    assertEquals(whole.history(), resumed.history());
    assertArrayEquals(whole.weights(), resumed.weights());
  }

  private static DenseTraining dense(DispatchSpec spec, DataSet data, DecisionDomain domain) {
    return new DenseTraining(spec, Architecture.FEEDFORWARD, data, domain, 3, 3);
  }
}
