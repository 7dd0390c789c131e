package dev.axon64.app.run;

import dev.axon64.app.guest.Terminals;
import dev.axon64.codegen.dispatch.OnlineLearner;
import dev.axon64.codegen.dispatch.OnlineLearning;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.KernelSet;
import dev.axon64.machine.engine.Profile;
import dev.axon64.propose.online.LearnLog;
import dev.axon64.propose.online.LearnReport;
import dev.axon64.propose.online.LearningSession;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * A network that learns while the guest runs.
 *
 * @param session what it has learnt
 * @param finish whether it goes on when the guest has ended
 */
record Learning(LearningSession session, boolean finish) implements RunPart {
  private static final String RANDOM = "random";
  private static final long FIRST_SEED = 1;

  /**
   * Begins to learn.
   *
   * @param network of the model; its weights are learnt from unless others are asked for
   * @throws InputException if the weights to start from cannot be used, or nothing can learn
   */
  static Learning of(LearningRequest request, Network network) {
    DispatchSpec spec = network.spec();
    KernelSet kernels = KernelSet.named(spec.kernels(), spec.name());
    LearnLog events =
        new LearnLog(
            request.log().or(() -> request.out().map(folder -> folder.resolve("learn.jsonl"))),
            request.out());
    return new Learning(
        new LearningSession(learner(request, network, kernels), kernels, events), request.finish());
  }

  private static OnlineLearner learner(
      LearningRequest request, Network network, KernelSet kernels) {
    DispatchSpec spec = network.spec();
    String from = request.from().orElse("");
    boolean random = from.split(":", 2)[0].equals(RANDOM);
    Optional<Network> start =
        random
            ? Optional.empty()
            : Optional.of(from.isEmpty() ? network : NetworkFiles.read(spec, Path.of(from)));
    return ServiceLoader.load(OnlineLearning.class)
        .findFirst()
        .orElseThrow(() -> new InputException("--learn", "needs axon64-weights on the class path"))
        .begin(
            new OnlineLearning.Task(spec, start, random ? seed(from) : FIRST_SEED, kernels::owner));
  }

  private static long seed(String from) {
    if (from.equals(RANDOM)) {
      return FIRST_SEED;
    }
    try {
      return Long.parseLong(from.substring(RANDOM.length() + 1));
    } catch (NumberFormatException e) {
      throw new InputException("--learn-from " + from, "has no number after random:", e);
    }
  }

  /**
   * Engines that learn.
   *
   * @param profile where they count what they execute
   */
  Supplier<Engine> engines(Optional<Profile> profile) {
    return session.engines(profile.orElse(null));
  }

  /** Learns to the end if that was asked for, and prints what came of it. */
  @Override
  public void report(RunOutcome outcome, PrintWriter err) {
    if (finish) {
      finish(err);
    }
    session.close();
    LearnReport.print(session, err);
  }

  private void finish(PrintWriter err) {
    boolean shown = Terminals.STDERR.isTerminal();
    session.finish(
        activity -> {
          if (shown) {
            err.printf("\r%-79.79s", "axon64: " + activity);
            err.flush();
          }
        });
    if (shown) {
      err.printf("\r%79s\r", "");
    }
  }
}
