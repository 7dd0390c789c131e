package dev.axon64.weights.online;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.OnlineLearning.Task;
import dev.axon64.codegen.network.Exactness;
import dev.axon64.codegen.network.Network;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.CertificateFiles;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.train.EmbeddingTraining;
import dev.axon64.weights.train.EpochRecord;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Learns step by step, where a step is an epoch or a certificate. It learns from the words that
 * trapped alone at first; then the kernels are asked for random words as well, twice as many in
 * each epoch, until every case of the decision domain is known. The steps are the same for the same
 * samples.
 */
final class StepLearner {
  /** Epochs that learn from nothing but what trapped. */
  private static final int TRAPPED_EPOCHS = 2;

  /** Words that the kernels are asked for after that, doubled from epoch to epoch. */
  private static final int FIRST_WORDS = 4096;

  /** Epochs until the rest of the cases is asked for, one by one. */
  private static final int RANDOM_EPOCHS = 9;

  private static final int MOST_EPOCHS = 4000;

  /** What is done next. */
  private enum Phase {
    MEASURE,
    WAIT,
    LEARN,
    CERTIFY,
    DONE
  }

  private final Task task;
  private final Certifying certifying;
  private final CaseKnowledge knowledge;
  private final Network start;
  private int startErrors = -1;
  private long seed;
  private Phase phase = Phase.MEASURE;
  private EmbeddingTraining training;
  private int epochs;

  /** Cases that were known when the training was last told of them. */
  private int learnt;

  private Candidate latest;

  /** The cases that the start or some candidate has right: they stay right. */
  private BitSet served;

  /** What is proven of the latest candidate. */
  private CaseProof proof;

  private String activity = "measuring the start";

  StepLearner(Task task, Certifying certifying) {
    this.task = task;
    this.certifying = certifying;
    this.seed = task.seed();
    SplitMix mix = SplitMix.of(task.seed(), "online");
    this.knowledge = new CaseKnowledge(task.spec(), task.kernels(), mix);
    this.training = training(task.start());
    this.start = task.start().orElseGet(() -> DyadicGrid.round(training.network()));
  }

  /** Measures the start; if it has no case wrong, there is nothing to learn. */
  private void measure() {
    served = CaseCheck.right(start, knowledge.domain().columns());
    startErrors = knowledge.domain().size() - served.cardinality();
    phase = Phase.WAIT;
    activity = "waiting for a misdispatch";
    if (startErrors == 0 && CaseProof.blind(start) && Exactness.of(start).exact()) {
      offer(start, "start");
      phase = Phase.CERTIFY;
    }
  }

  private EmbeddingTraining training(Optional<Network> origin) {
    DecisionDomain domain = knowledge.domain();
    DataSet nothing = new DataSet(domain.columns(), domain.columns());
    return EmbeddingTraining.blind(task.spec(), nothing, domain, seed, MOST_EPOCHS, origin);
  }

  Network start() {
    return start;
  }

  /** Cases that the start has wrong; -1 before the first step. */
  int startErrors() {
    return startErrors;
  }

  String activity() {
    return activity;
  }

  boolean finished() {
    return phase == Phase.DONE;
  }

  /** The last network that was good enough to be offered. */
  Optional<Candidate> latest() {
    return Optional.ofNullable(latest);
  }

  void sample(int word, int kernel) {
    knowledge.trapped(word, kernel);
  }

  /** Says that no more samples will come: the kernels are asked for all that is not known. */
  void ended() {
    knowledge.askRest();
  }

  /**
   * Does what is next.
   *
   * @param progress is told of the words that a certificate has swept; may throw to end it
   * @return whether there was something to do
   */
  boolean step(LongConsumer progress) {
    switch (phase) {
      case MEASURE -> measure();
      case LEARN -> learn();
      case CERTIFY -> certify(progress);
      case WAIT -> {
        if (knowledge.size() == 0) {
          return false;
        }
        phase = Phase.LEARN;
      }
      case DONE -> {
        return false;
      }
    }
    return true;
  }

  private void learn() {
    if (!knowledge.complete()) {
      int asked = epochs - TRAPPED_EPOCHS;
      if (asked >= RANDOM_EPOCHS) {
        knowledge.askRest();
      } else if (asked >= 0) {
        knowledge.ask(FIRST_WORDS << asked);
      }
    }
    if (learnt != knowledge.size()) {
      learnt = knowledge.size();
      training = training.with(knowledge.samples(), knowledge.cases());
    }
    EpochRecord record = training.epoch();
    epochs++;
    activity =
        "%s, epoch %d, %,d of %,d cases known, %.2f %% of them right"
            .formatted(
                record.stage(),
                epochs,
                knowledge.size(),
                knowledge.domain().size(),
                100 * record.accuracy());
    if (training.succeeded()) {
      offer(training.network(), record.stage());
      phase = Phase.CERTIFY;
    } else if (training.finished()) {
      restart();
    } else {
      consider(record);
    }
  }

  private void restart() {
    seed++;
    training = training(Optional.empty());
    learnt = 0;
    phase = Phase.LEARN;
  }

  /**
   * Offers the network as it is if it is worth a class, which takes a second to make: it must leave
   * wrong at most half of the cases that trapped, or a quarter of all that are known.
   */
  private void consider(EpochRecord record) {
    int knownBefore = knowledge.errors(served);
    if (knownBefore == 0 || (1 - record.accuracy()) * knowledge.size() > knownBefore) {
      return;
    }
    Network network = DyadicGrid.round(training.network());
    BitSet then = CaseCheck.right(network, knowledge.domain().columns());
    then.or(served);
    int trapped = knowledge.trappedErrors(then);
    int trappedBefore = knowledge.trappedErrors(served);
    if (trapped < trappedBefore && trapped <= trappedBefore / 2
        || knowledge.errors(then) <= knownBefore / 4) {
      offer(network, record.stage());
    }
  }

  private void offer(Network network, String stage) {
    proof = CaseProof.of(network, knowledge.domain());
    served.or(proof.proven());
    latest = candidate(network, stage, Optional.empty());
  }

  private Candidate candidate(Network network, String stage, Optional<String> certificate) {
    DecisionDomain domain = knowledge.domain();
    BitSet cases = proof.proven();
    return new Candidate(
        network,
        proof.dispatchers(),
        word -> cases.get(domain.caseOf(word)),
        domain.size() - cases.cardinality(),
        domain.size(),
        stage,
        epochs,
        knowledge.size(),
        certificate);
  }

  private void certify(LongConsumer progress) {
    activity = "certifying";
    Network network = latest.network();
    Optional<Certificate> certificate =
        certifying.certify(network, progress).filter(this::isOfTheServedClass);
    if (certificate.isPresent()) {
      latest = candidate(network, latest.stage(), certificate.map(CertificateFiles::text));
      activity = "certified";
      phase = Phase.DONE;
    } else {
      activity = "not certified; learning again";
      restart();
    }
  }

  /** Whether a certificate is about the very code that would take over. */
  private boolean isOfTheServedClass(Certificate certificate) {
    return certificate.subject().javaSha256().equals(proof.dispatchers().sourceSha256());
  }
}
