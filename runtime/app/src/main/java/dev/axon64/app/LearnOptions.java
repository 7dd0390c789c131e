package dev.axon64.app;

import dev.axon64.codegen.dispatch.OnlineLearner;
import dev.axon64.codegen.dispatch.OnlineLearning;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.HotLoops;
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
import picocli.CommandLine.Option;

/** Learning on the run. */
final class LearnOptions {
  private static final String RANDOM = "random";

  @Option(
      names = "--learn",
      description =
          "Learn while the program runs: a misdispatch is executed by the kernel that accepts the"
              + " word, and learnt from; networks take over for words for which they are proven.")
  private boolean learn;

  @Option(
      names = "--learn-from",
      paramLabel = "WHAT",
      description = "random, random:SEED or a weights file; the model's weights by default.")
  private String from;

  @Option(
      names = "--learn-out",
      paramLabel = "DIR",
      description = "Folder for the weights of every network that served, certificate, picture.")
  private Path out;

  @Option(
      names = "--learn-log",
      paramLabel = "FILE",
      description = "A line of JSON for each event; DIR/learn.jsonl by default.")
  private Path log;

  @Option(
      names = "--learn-finish",
      description = "When the program has ended, go on learning until the weights are certified.")
  private boolean finish;

  private LearningSession session;

  /**
   * Engines that learn, if asked for; else the kind's.
   *
   * @param profile where they count; may be null
   * @param loops who takes over hot loops; may be null
   */
  Supplier<Engine> engines(
      EngineKind kind, Network network, Engines.Policy policy, Profile profile, HotLoops loops) {
    if (!learn) {
      if (from != null || out != null || log != null || finish) {
        throw new InputException(
            "--learn-from, --learn-out, --learn-log, --learn-finish", "go with --learn; add it");
      }
      return kind.open(network, policy, profile, loops);
    }
    if (loops != null) {
      throw new InputException(
          "--learn", "is taught by every instruction; leave out --accelerate or this");
    }
    if (!kind.name().equals("scalar") || policy != Engines.Policy.PAGE) {
      throw new InputException(
          "--learn", "goes with --engine scalar and --dispatch page; leave these options out");
    }
    DispatchSpec spec = network.spec();
    KernelSet kernels = KernelSet.named(spec.kernels(), spec.name());
    LearnLog events =
        new LearnLog(
            Optional.ofNullable(log)
                .or(() -> Optional.ofNullable(out).map(dir -> dir.resolve("learn.jsonl"))),
            Optional.ofNullable(out));
    session = new LearningSession(learner(network, kernels), kernels, events);
    return session.engines(profile);
  }

  private OnlineLearner learner(Network network, KernelSet kernels) {
    DispatchSpec spec = network.spec();
    boolean random = from != null && from.split(":", 2)[0].equals(RANDOM);
    Optional<Network> start =
        random
            ? Optional.empty()
            : Optional.of(from == null ? network : NetworkFiles.read(spec, Path.of(from)));
    return ServiceLoader.load(OnlineLearning.class)
        .findFirst()
        .orElseThrow(() -> new InputException("--learn", "needs axon64-weights on the class path"))
        .begin(new OnlineLearning.Task(spec, start, random ? seed() : 1, kernels::owner));
  }

  private long seed() {
    if (from.equals(RANDOM)) {
      return 1;
    }
    try {
      return Long.parseLong(from.substring(RANDOM.length() + 1));
    } catch (NumberFormatException e) {
      throw new InputException("--learn-from " + from, "has no number after random:", e);
    }
  }

  /** After the program: ends learning and prints what came of it. */
  void end(PrintWriter err) {
    if (session == null) {
      return;
    }
    if (finish) {
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
    session.close();
    LearnReport.print(session, err);
  }
}
