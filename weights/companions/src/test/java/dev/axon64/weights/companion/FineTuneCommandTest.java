package dev.axon64.weights.companion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.network.graph.Graphs;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.propose.companion.CompanionFolder;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.weights.companion.Program.Split;
import dev.axon64.weights.finetune.ProgramSplit;
import dev.axon64.weights.finetune.Recorded;
import dev.axon64.weights.finetune.TraceFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of the repository's guests, learnt from. */
class FineTuneCommandTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));
  private static final long MOST_INSTRUCTIONS = 1_500_000;

  /** Of a split that holds out programs with loops enough to tell. */
  private static final int SEED = 3;

  private static final List<String> GUESTS =
      List.of(
          "runtime/guests/prebuilt/bench/crc",
          "runtime/guests/prebuilt/bench/mixed",
          "runtime/guests/prebuilt/bench/sieve",
          "runtime/guests/prebuilt/bench/sort",
          "runtime/guests/prebuilt/linux/sha256",
          "runtime/guests/prebuilt/loops/checksum",
          "runtime/guests/prebuilt/loops/copy",
          "runtime/guests/prebuilt/loops/string",
          "runtime/guests/prebuilt/loops/sum");

  @TempDir private static Path traces;

  @TempDir private Path out;

  private final StringWriter said = new StringWriter();

  @BeforeAll
  static void record() {
    Pytorch.assume();
    Recording recording = new Recording(traces, MOST_INSTRUCTIONS);
    for (String guest : GUESTS) {
      Path file = ROOT.resolve(guest);
      String name = file.getFileName().toString();
      recording.record(
          new Program(
              name,
              "O2",
              Split.TRAINING,
              Optional.empty(),
              file.toString(),
              List.of("1", "7"),
              new byte[0]));
    }
  }

  private int learn(Path from, String... options) {
    List<String> all = new ArrayList<>(List.of("learn", "--traces", from.toString()));
    all.addAll(List.of("--out", out.toString(), "--seed", "" + SEED));
    all.addAll(List.of(options));
    PrintWriter writer = new PrintWriter(said);
    return Main.run(writer, writer, all.toArray(String[]::new));
  }

  private JsonObject report() throws IOException {
    return JsonParser.parseString(Files.readString(out.resolve("learn.json")))
        .getAsJsonObject()
        .getAsJsonArray("models")
        .get(0)
        .getAsJsonObject();
  }

  /** The shipped weights, but for a head that always says the same. */
  private static GraphWeights stuck(CompanionTask<?> task, String head, int bias) {
    Graph graph = Graphs.read(task.shape().graph());
    GraphWeights shipped = CompanionNetwork.shippedWeights(task.shape());
    float[] all = new float[graph.parameterCount()];
    int at = 0;
    for (Parameter parameter : graph.parameters()) {
      float[] values = shipped.values(parameter.name());
      if (parameter.name().startsWith(head)) {
        Arrays.fill(values, 0);
      }
      if (parameter.name().equals(head + ".bias")) {
        values[bias] = 0.1f;
      }
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return GraphWeights.flat(graph, all, head);
  }

  /** A network that always says the same is replaced by one that learnt something. */
  @ParameterizedTest
  @CsvSource({
    "loop-detector, type_head.2, 0, 4",
    "pattern-recognizer, kind_head.2, 11, 16",
    "memory-oracle, confidence_head.2, 3, 1"
  })
  void whatIsBetterTakesOver(String model, String head, int bias, String epochs)
      throws IOException {
    CompanionTask<?> task = CompanionTask.of(model);
    Graph graph = Graphs.read(model);
    new ModelFiles(out, graph).weights(stuck(task, head, bias));
    Path weights = out.resolve(model + ".safetensors");
    byte[] before = Files.readAllBytes(weights);
    assertEquals(0, learn(traces, "--model", model, "--epochs", epochs), said.toString());
    assertTrue(said.toString().contains("ACCEPTED"), said.toString());
    assertArrayEquals(before, Files.readAllBytes(out.resolve(model + ".safetensors.previous")));
    assertTrue(Files.mismatch(weights, out.resolve(model + ".safetensors.previous")) >= 0);
    JsonObject heldOut = report().getAsJsonObject("heldOut");
    assertTrue(heldOut.get("after").getAsDouble() > heldOut.get("before").getAsDouble());
    assertTrue(Files.readString(out.resolve("learn.html")).contains("ACCEPTED"));
    assertTrue(Files.readString(out.resolve(model + ".card.md")).contains("predecessor"));
    assertEquals(graph.name(), CompanionFolder.of(out).network(task.shape()).graph().name());
  }

  /** Recordings of the programs learnt from whose labels are false teach false things. */
  @Test
  void whatIsWorseIsRefused(@TempDir Path poisoned) throws IOException {
    TraceFolder folder = TraceFolder.read(traces);
    ProgramSplit split = ProgramSplit.of("traces", folder.programs(Recorded.LOOPS).keySet(), SEED);
    LoopType[] types = LoopType.values();
    folder
        .programs(Recorded.LOOPS)
        .forEach(
            (program, files) -> {
              Path file = files.get(0);
              List<LoopSample> samples = LoopSample.read(file);
              if (split.training().contains(program)) {
                samples =
                    samples.stream()
                        .map(s -> s.of(types[(s.type().ordinal() + 1) % types.length]))
                        .toList();
              }
              LoopSample.write(poisoned.resolve(file.getFileName()), samples);
            });
    assertEquals(1, learn(poisoned, "--model", "loop-detector", "--epochs", "3"), said.toString());
    assertTrue(said.toString().contains("REFUSED, it is not better"), said.toString());
    assertFalse(Files.exists(out.resolve("loop-detector.safetensors")));
    JsonObject heldOut = report().getAsJsonObject("heldOut");
    assertTrue(heldOut.get("after").getAsDouble() < heldOut.get("before").getAsDouble());
    assertTrue(Files.readString(out.resolve("learn.html")).contains("REFUSED"));
  }

  @Test
  void unusableRecordingsAreToldInOneLine(@TempDir Path folder) throws IOException {
    assertEquals(2, learn(folder));
    Path one = folder.resolve("crc.loops.npy");
    Files.copy(traces.resolve("crc.O2.loops.npy"), one);
    assertEquals(2, learn(folder));
    assertEquals(2, learn(folder, "--model", "memory-oracle"));
    Files.copy(traces.resolve("crc.O2.memory.npy"), folder.resolve("sort.loops.npy"));
    assertEquals(2, learn(folder));
    LoopSample.write(folder.resolve("sort.loops.npy"), List.of());
    LoopSample.write(one, List.of());
    assertEquals(2, learn(folder));
    List<String> lines = said.toString().lines().filter(l -> l.startsWith("axon64: ")).toList();
    assertEquals(5, lines.size(), said.toString());
    for (int i = 0; i < lines.size(); i++) {
      String expected =
          List.of(
                  "holds no recordings",
                  "one program (crc) is too few",
                  "holds no *.memory.npy",
                  "holds no loops as they are recorded now; record them again",
                  "nothing was recorded")
              .get(i);
      assertTrue(lines.get(i).contains(expected), lines.get(i));
    }
  }
}
