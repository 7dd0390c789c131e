package dev.axon64.weights.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.dispatch.OnlineLearning.Task;
import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.PartCertificates;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.data.SmallSpec;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.train.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepLearnerTest {
  private static final DispatchSpec SPEC = Models.spec("a64");

  private static final int TRIES = Integer.getInteger("axon64.tries", 1000);

  /** The real certifier on words with many borders; all words take a minute. */
  private static final Certifying PART =
      (network, progress) -> {
        Certificate part =
            PartCertificates.of(network, new SpecFile("test.npy", "00"), 0x1a00_0000L);
        return Optional.of(part).filter(PartCertificates::holds);
      };

  private static Task task(Optional<Network> start, long seed) {
    return new Task(SPEC, start, seed, SPEC::label);
  }

  /** Words as a program might have them: the start network's mistakes among random ones. */
  private static List<Integer> mistakes(DispatchSpec spec, Network start, int count) {
    ReferenceForward forward = new ReferenceForward(start);
    SplitMix mix = new SplitMix(5);
    List<Integer> words = new ArrayList<>();
    while (words.size() < count) {
      int word = (int) mix.next();
      if (forward.kernel(word, 0) != spec.label(word)) {
        words.add(word);
      }
    }
    return words;
  }

  /** Everything that is said to be proven is right, for words and pcs at random. */
  private static void assertProven(DispatchSpec spec, Candidate candidate) {
    Dispatcher dispatcher = candidate.dispatchers().get();
    SplitMix mix = new SplitMix(candidate.epoch());
    int[] words = new int[TRIES];
    long[] pcs = new long[TRIES];
    int[] kernels = new int[TRIES];
    for (int i = 0; i < TRIES; i++) {
      words[i] = (int) mix.next();
      pcs[i] = mix.next() & ~3L;
    }
    dispatcher.kernels(words, pcs, kernels, 0, TRIES);
    for (int i = 0; i < TRIES; i++) {
      if (candidate.certified()) {
        assertEquals(spec.label(words[i]), kernels[i]);
      }
      if (candidate.certified() || candidate.proven().test(words[i])) {
        assertEquals(spec.label(words[i]), dispatcher.kernel(words[i], pcs[i]));
      }
    }
  }

  @Test
  void offersNetworksThatKnowSomeCasesAndOnlyWhatIsProvenOfThem() {
    StepLearner learner = new StepLearner(task(Optional.empty(), 1), PART);
    assertTrue(learner.step(words -> {}), "measures the start");
    assertFalse(learner.step(words -> {}), "learns from nothing");
    assertTrue(learner.startErrors() > 10_000);
    List<Integer> mistakes = mistakes(SPEC, learner.start(), 60);
    mistakes.forEach(word -> learner.sample(word, SPEC.label(word)));
    List<Candidate> candidates = new ArrayList<>();
    while (candidates.isEmpty() || candidates.getLast().errors() > 5000) {
      assertTrue(learner.step(words -> {}));
      learner.latest().filter(c -> !candidates.contains(c)).ifPresent(candidates::add);
    }
    candidates.forEach(candidate -> assertProven(SPEC, candidate));
    assertTrue(candidates.getFirst().known() < candidates.getFirst().cases());
    for (int word : mistakes) {
      assertTrue(candidates.stream().anyMatch(c -> c.proven().test(word)));
    }
  }

  /** Few cases, so that all stages take a second; the shape of the shipped models. */
  @Test
  void learnsFromMistakesToACertificate() {
    DispatchSpec spec = SpecTexts.parse(SmallSpec.text(26));
    Task task = new Task(spec, Optional.empty(), 1, spec::label);
    StepLearner learner = new StepLearner(task, PART);
    assertTrue(learner.step(words -> {}));
    mistakes(spec, learner.start(), 5).forEach(w -> learner.sample(w, spec.label(w)));
    while (!learner.finished()) {
      assertTrue(learner.step(words -> {}));
    }
    Candidate last = learner.latest().orElseThrow();
    assertTrue(last.certified());
    assertProven(spec, last);
    assertEquals(0, last.errors());
    Evaluation all = Evaluation.of(last.network(), DecisionDomain.of(spec).columns());
    assertEquals(0, all.errors());
    assertEquals(0, all.ties());
  }

  @Test
  void rightWeightsAreCertifiedWithoutTraining() {
    Network shipped = Models.shipped("a64");
    StepLearner learner = new StepLearner(task(Optional.of(shipped), 1), PART);
    assertTrue(learner.step(words -> {}));
    assertEquals(0, learner.startErrors());
    assertTrue(learner.step(words -> {}));
    assertTrue(learner.finished());
    assertArrayEquals(shipped.weights(), learner.latest().orElseThrow().network().weights());
    assertTrue(learner.latest().orElseThrow().certified());
  }

  /** A certificate of other code says nothing about the code that would take over. */
  @Test
  void aCertificateOfOtherCodeIsRefused() {
    Certifying other = (network, progress) -> PART.certify(Models.shipped("kvrm7"), progress);
    StepLearner learner = new StepLearner(task(Optional.of(Models.shipped("a64")), 1), other);
    assertTrue(learner.step(words -> {}));
    assertTrue(learner.step(words -> {}));
    assertFalse(learner.finished());
    assertFalse(learner.latest().orElseThrow().certified());
    assertEquals("not certified; learning again", learner.activity());
  }

  @Test
  void weightsWithAHoleAreMendedFromWhereTheyAre() {
    float[] damaged = Models.shipped("a64").weights();
    int row = SPEC.tensor(DispatchSpec.EMBEDDING).offset() + 0x91 * SPEC.embeddingWidth();
    for (int c = 0; c < SPEC.embeddingWidth(); c++) {
      damaged[row + c] = 0; // add immediate, 64 bits
    }
    Network start = Network.of(SPEC, damaged, "damaged");
    StepLearner learner = new StepLearner(task(Optional.of(start), 1), PART);
    assertTrue(learner.step(words -> {}));
    int errors = learner.startErrors();
    assertTrue(errors > 0 && errors < 1000, errors + " errors");
    learner.sample(0x91000421, SPEC.label(0x91000421));
    while (learner.latest().isEmpty()) {
      assertTrue(learner.step(words -> {}));
    }
    Candidate first = learner.latest().orElseThrow();
    assertProven(SPEC, first);
    assertTrue(first.proven().test(0x91000421));
  }

  /** A program that ends before anything trapped: all is learnt from the kernels' answers. */
  @Test
  void endsWithoutAnySample() {
    DispatchSpec spec = Models.spec("kvrm7");
    Task task = new Task(spec, Optional.empty(), 3, spec::label);
    StepLearner learner = new StepLearner(task, (network, progress) -> Optional.empty());
    assertTrue(learner.step(words -> {}));
    assertFalse(learner.step(words -> {}));
    learner.ended();
    while (learner.latest().filter(c -> c.errors() < 100).isEmpty()) {
      assertTrue(learner.step(words -> {}));
    }
  }

  @Test
  void kernelsThatContradictTheDomainAreABug() {
    StepLearner learner = new StepLearner(task(Optional.empty(), 1), PART);
    assertThrows(IllegalStateException.class, () -> learner.sample(0x91000421, 3));
  }
}
