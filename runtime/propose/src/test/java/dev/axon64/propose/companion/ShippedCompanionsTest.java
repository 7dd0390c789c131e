package dev.axon64.propose.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.codegen.network.program.NetworkRunner;
import dev.axon64.propose.companion.record.AccessSample;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.propose.prefetch.OraclePrefetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped weights do on the samples beside them what their cards say. */
class ShippedCompanionsTest {
  private static final Path MODELS =
      Path.of(System.getProperty("axon64.root", "..")).resolve("weights/models");

  private static JsonObject card(String model) throws IOException {
    return JsonParser.parseString(Files.readString(MODELS.resolve(model + ".card.json")))
        .getAsJsonObject();
  }

  private static int count(JsonObject card, String name) {
    return card.get(name).getAsInt();
  }

  @Test
  void theLoopDetector() throws IOException {
    JsonObject card = card("loop-detector");
    List<LoopSample> samples = LoopSample.read(MODELS.resolve("loop-detector.sample.npy"));
    LoopDetector detector = LoopDetector.shipped();
    int types = 0;
    int counters = 0;
    for (LoopSample sample : samples) {
      int[] words = sample.lastWords(LoopDetector.WINDOW);
      LoopProposal proposal = detector.propose(words, sample.registers());
      types += proposal.type() == sample.type() ? 1 : 0;
      counters += sample.counts(proposal) ? 1 : 0;
    }
    assertEquals(count(card, "sample"), samples.size());
    assertEquals(count(card, "sampleTypesRight"), types);
    assertEquals(count(card, "sampleCountersRight"), counters);
  }

  @Test
  void thePatternRecognizer() throws IOException {
    JsonObject card = card("pattern-recognizer");
    List<LoopSample> samples = LoopSample.read(MODELS.resolve("pattern-recognizer.sample.npy"));
    PatternRecognizer recognizer = PatternRecognizer.shipped();
    int kinds = 0;
    for (LoopSample sample : samples) {
      PatternProposal proposal = recognizer.propose(sample.words(), sample.registers());
      kinds += proposal.kind() == sample.kind() ? 1 : 0;
    }
    assertEquals(count(card, "sample"), samples.size());
    assertEquals(count(card, "sampleKindsRight"), kinds);
  }

  @Test
  void theMemoryOracle() throws IOException {
    JsonObject card = card("memory-oracle");
    List<AccessSample> samples = AccessSample.read(MODELS.resolve("memory-oracle.sample.npy"));
    CompanionNetwork network = CompanionNetwork.shipped(CompanionNetwork.Shape.MEMORY_ORACLE);
    NetworkRunner runner = network.runner();
    float[] outputs = new float[network.graph().outputSize()];
    int at = network.graph().outputOffset("confidence");
    int right = 0;
    for (AccessSample sample : samples) {
      runner.run(sample.features(), 0, outputs, 0);
      for (int i = 0; i < OracleFeatures.CANDIDATES; i++) {
        boolean sure = outputs[at + i] >= OraclePrefetcher.CONFIDENCE;
        right += sample.hits()[i] == (sure ? 1 : 0) ? 1 : 0;
      }
    }
    assertEquals(count(card, "sample"), samples.size());
    assertEquals(count(card, "sampleCandidatesRight"), right);
  }
}
