package dev.axon64.propose.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.DispatchSpecParser;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.KernelSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningSessionTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));
  private static final DispatchSpec SPEC =
      DispatchSpecParser.parse(ROOT.resolve("weights/models/a64.spec"));

  private record Run(ExitStatus status, String output, List<String> messages) {}

  @TempDir private Path folder;

  private static Network shipped() {
    return NetworkFiles.read(SPEC, ROOT.resolve("weights/models/a64.npy"));
  }

  private static Network random(long seed) {
    Random random = new Random(seed);
    float[] weights = new float[SPEC.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return Network.of(SPEC, weights, "random");
  }

  private static Run run(Supplier<Engine> engines) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> messages = new ArrayList<>();
    ExitStatus status =
        new LinuxMachine.Builder(engines)
            .program(ROOT.resolve("runtime/guests/prebuilt/linux/sha256").toString())
            .stdin(new ByteArrayInputStream("abc".repeat(1000).getBytes(StandardCharsets.UTF_8)))
            .stdout(output)
            .stderr(output)
            .messages(messages::add)
            .seed(1)
            .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)))
            .build()
            .run();
    return new Run(status, output.toString(StandardCharsets.UTF_8), messages);
  }

  private static Run normal() {
    return run(Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null));
  }

  private static Candidate candidate(
      Supplier<Dispatcher> dispatchers, IntPredicate proven, boolean certified) {
    return new Candidate(
        random(9),
        dispatchers,
        proven,
        certified ? 0 : 5,
        10,
        "script",
        3,
        7,
        certified ? Optional.of("{}\n") : Optional.empty());
  }

  private static Dispatcher always(int kernel) {
    return new Dispatcher() {
      @Override
      public int kernel(int word, long pc) {
        return kernel;
      }

      @Override
      public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
        java.util.Arrays.fill(kernels, from, to, kernel);
      }
    };
  }

  private static LearningSession session(ScriptedLearner learner) {
    return new LearningSession(
        learner, KernelSet.A64, new LearnLog(Optional.empty(), Optional.empty()));
  }

  @Test
  void programsEndAlikeUnderRandomWeights() {
    Run normal = normal();
    for (long seed = 1; seed <= 2; seed++) {
      ScriptedLearner learner = new ScriptedLearner(random(seed));
      LearningSession session = session(learner);
      assertEquals(normal, run(session.engines(null)));
      assertTrue(session.traps() > 1000, "only " + session.traps() + " traps");
      assertEquals(normal.status.instructions(), session.instructions());
      Dispatcher right = ShippedDispatcher.A64.dispatcher();
      assertFalse(learner.samples.isEmpty());
      learner.samples.forEach((word, kernel) -> assertEquals(right.kernel(word, 0), kernel));
    }
  }

  @Test
  void certifiedCandidateEndsTheTraps() {
    ScriptedLearner learner =
        new ScriptedLearner(random(1))
            .offer(10, candidate(ShippedDispatcher.A64::dispatcher, word -> false, true));
    LearningSession session = session(learner);
    assertEquals(normal(), run(session.engines(null)));
    assertEquals(1, session.swaps());
    assertTrue(session.certified());
    assertEquals(0, session.current().traps);
    assertTrue(session.current().instructions > 1000);
    assertTrue(session.traps() >= 10);
  }

  /** A candidate that is wrong wherever it is not proven, over a first network that is right. */
  @Test
  void candidateDecidesProvenWordsOnly() {
    Dispatcher right = ShippedDispatcher.A64.dispatcher();
    ScriptedLearner learner =
        new ScriptedLearner(shipped())
            .offer(0, candidate(() -> always(2), word -> right.kernel(word, 0) == 2, false));
    LearningSession session = session(learner);
    assertEquals(normal(), run(session.engines(null)));
    assertEquals(1, session.swaps());
    assertEquals(0, session.traps());
  }

  @Test
  void candidateThatTrapsMoreThanItsPredecessorIsSentBack() throws Exception {
    ScriptedLearner learner =
        new ScriptedLearner(shipped()).offer(0, candidate(() -> always(2), word -> true, false));
    Path log = folder.resolve("log");
    LearningSession session =
        new LearningSession(
            learner, KernelSet.A64, new LearnLog(Optional.of(log), Optional.empty()));
    assertEquals(normal(), run(session.engines(null)));
    assertEquals(1, session.returns());
    assertTrue(session.traps() > 0);
    assertEquals(0, session.current().traps);
    assertArrayEquals(shipped().weights(), session.current().network.weights());
    session.close();
    assertTrue(learner.closed);
    List<String> events =
        Files.readAllLines(log).stream().map(l -> l.replaceFirst("\",.*", "")).toList();
    assertEquals(
        List.of("start", "swap", "return", "end").stream().map(e -> "{\"event\":\"" + e).toList(),
        events);
  }

  @Test
  void leavesCheckpointsCertificatePictureAndTable() throws Exception {
    ScriptedLearner learner =
        new ScriptedLearner(random(4))
            .offer(5, candidate(ShippedDispatcher.A64::dispatcher, word -> true, false))
            .offer(5, candidate(ShippedDispatcher.A64::dispatcher, word -> true, true));
    LearnLog log = new LearnLog(Optional.of(folder.resolve("learn.jsonl")), Optional.of(folder));
    LearningSession session = new LearningSession(learner, KernelSet.A64, log);
    run(session.engines(null));
    session.close();
    for (String name : List.of("swap-1", "swap-2", "a64")) {
      Network saved = NetworkFiles.read(SPEC, folder.resolve(name + ".npy"));
      assertArrayEquals(random(9).weights(), saved.weights());
    }
    Network start = NetworkFiles.read(SPEC, folder.resolve("start.npy"));
    assertArrayEquals(random(4).weights(), start.weights());
    assertEquals("{}\n", Files.readString(folder.resolve("a64.certificate.json")));
    String picture = Files.readString(folder.resolve("traps.svg"));
    assertTrue(picture.contains("swap 2, certified"), picture);
    javax.xml.parsers.DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("traps.svg").toFile());
    StringWriter text = new StringWriter();
    LearnReport.print(session, new PrintWriter(text, true));
    assertTrue(text.toString().contains("swap 1, script 3"), text.toString());
    assertTrue(text.toString().contains("certified for all words"), text.toString());
  }
}
