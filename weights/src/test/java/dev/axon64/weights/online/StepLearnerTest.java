package dev.axon64.weights.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.dispatch.OnlineLearning.Task;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.spec.DispatchSpec;
import dev.axon64.codegen.spec.SpecFile;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.CertificateFiles;
import dev.axon64.weights.certify.PartCertificates;
import dev.axon64.weights.data.DecisionDomain;
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
        return PartCertificates.holds(part)
            ? Optional.of(CertificateFiles.text(part))
            : Optional.empty();
      };

  private static Task task(Optional<Network> start, long seed) {
    return new Task(SPEC, start, seed, SPEC::label);
  }

  /** Words as a program might have them: the start network's mistakes among random ones. */
  private static List<Integer> mistakes(Network start, int count) {
    ReferenceForward forward = new ReferenceForward(start);
    SplitMix mix = new SplitMix(5);
    List<Integer> words = new ArrayList<>();
    while (words.size() < count) {
      int word = (int) mix.next();
      if (forward.kernel(word, 0) != SPEC.label(word)) {
        words.add(word);
      }
    }
    return words;
  }

  /** Everything that is said to be proven is right, for words and pcs at random. */
  private static void assertProven(Candidate candidate) {
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
        assertEquals(SPEC.label(words[i]), kernels[i]);
      }
      if (candidate.certified() || candidate.proven().test(words[i])) {
        assertEquals(SPEC.label(words[i]), dispatcher.kernel(words[i], pcs[i]));
      }
    }
  }

  @Test
  void learnsFromMistakesToACertificateAndOffersOnlyWhatIsProven() {
    StepLearner learner = new StepLearner(task(Optional.empty(), 1), PART);
    assertTrue(learner.step(words -> {}), "measures the start");
    assertFalse(learner.step(words -> {}), "learns from nothing");
    assertTrue(learner.startErrors() > 10_000);
    for (int word : mistakes(learner.start(), 60)) {
      learner.sample(word, SPEC.label(word));
    }
    List<Candidate> candidates = new ArrayList<>();
    while (!learner.finished()) {
      assertTrue(learner.step(words -> {}));
      learner.latest().filter(c -> !candidates.contains(c)).ifPresent(candidates::add);
    }
    candidates.forEach(StepLearnerTest::assertProven);
    assertTrue(candidates.size() >= 3, "only " + candidates.size() + " candidates");
    assertTrue(candidates.getFirst().errors() < learner.startErrors());
    assertTrue(candidates.getFirst().known() < candidates.getFirst().cases());
    Candidate last = candidates.getLast();
    assertTrue(last.certified());
    assertEquals(0, last.errors());
    Evaluation all = Evaluation.of(last.network(), DecisionDomain.of(SPEC).columns());
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
    assertProven(first);
    assertTrue(first.proven().test(0x91000421));
  }

  @Test
  void kernelsThatContradictTheDomainAreABug() {
    StepLearner learner = new StepLearner(task(Optional.empty(), 1), PART);
    assertThrows(IllegalStateException.class, () -> learner.sample(0x91000421, 3));
  }
}
