package dev.axon64.propose.online;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.dispatch.OnlineLearner;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.KernelSet;
import dev.axon64.machine.engine.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A run that learns. Its engines share it, on one host thread. Between two of their turns the
 * newest candidate takes over, or a network that traps more than its predecessor is sent back.
 */
public final class LearningSession implements AutoCloseable {
  private static final long WAIT_MILLISECONDS = 20;

  private final OnlineLearner learner;
  private final KernelSet kernels;
  private final LearnLog log;
  private final ServingDispatcher dispatcher;
  private final List<Service> services = new ArrayList<>();
  private final TrapSeries series = new TrapSeries();
  private final Set<Integer> told = new HashSet<>();
  private final long start = System.nanoTime();
  private Service current;
  private long generation;
  private long instructions;
  private long traps;
  private int swaps;
  private int returns;

  /**
   * @param learner whose {@link OnlineLearner#start} decides at first
   * @param kernels of its model
   */
  public LearningSession(OnlineLearner learner, KernelSet kernels, LearnLog log) {
    this.learner = learner;
    this.kernels = kernels;
    this.log = log;
    Network network = learner.start();
    Dispatcher first = CompiledDispatcher.of(Lowering.lower(network)).get();
    current = Service.first(network, first);
    dispatcher = new ServingDispatcher(current);
    services.add(current);
    log.start(network);
  }

  /** Engines that learn. */
  public Supplier<Engine> engines(Profile profile) {
    Supplier<Engine> inner =
        Engines.of(Engines.Policy.PAGE, () -> Engines.dispatcher(dispatcher, kernels), profile);
    return () -> new LearningEngine(inner.get(), this);
  }

  KernelSet kernels() {
    return kernels;
  }

  /** Changes whenever another network takes over. */
  long generation() {
    return generation;
  }

  /** Lets the newest candidate take over, between two turns. */
  void turn() {
    long now = now();
    if (series.due(now)) {
      series.add(now, instructions, traps);
    }
    learner.candidate().ifPresentOrElse(this::takeOver, this::checkCurrent);
  }

  void executed(long count) {
    instructions += count;
    current.instructions += count;
  }

  void trapped(int word, long pc, int kernel) {
    traps++;
    current.trapped(word, pc, kernel);
    if (told.add(word)) {
      learner.sample(word, pc, kernel);
    }
  }

  private void takeOver(Candidate candidate) {
    swaps++;
    String name =
        "swap %d, %s"
            .formatted(
                swaps,
                candidate.certified() ? "certified" : candidate.stage() + " " + candidate.epoch());
    serve(Service.of(candidate, name, current, now()));
    log.swap(this, candidate);
  }

  private void checkCurrent() {
    if (current.before != null && current.worse()) {
      returns++;
      String why =
          "%s trapped %,.1f times a million instructions, %s %,.1f times"
              .formatted(
                  current.name,
                  current.trapsPerMillion(),
                  current.before.name,
                  current.before.trapsPerMillion());
      serve(current.before.again("return " + returns + " to " + current.before.name, now()));
      log.returned(this, why);
    }
  }

  private void serve(Service service) {
    series.add(now(), instructions, traps);
    current = service;
    services.add(service);
    dispatcher.serve(service);
    generation++;
  }

  private long now() {
    return System.nanoTime() - start;
  }

  /**
   * Goes on learning until nothing more can be learnt.
   *
   * @param activity is told from time to time what is being done
   */
  public void finish(Consumer<String> activity) {
    learner.ended();
    while (!learner.finished()) {
      turn();
      activity.accept(learner.activity());
      try {
        Thread.sleep(WAIT_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Stops learning and writes the last files. */
  @Override
  public void close() {
    learner.close();
    for (var last = learner.candidate(); last.isPresent(); last = learner.candidate()) {
      takeOver(last.get());
    }
    services.getFirst().errors = learner.startErrors();
    series.add(now(), instructions, traps);
    log.end(this);
  }

  List<Service> services() {
    return List.copyOf(services);
  }

  Service current() {
    return current;
  }

  TrapSeries series() {
    return series;
  }

  /** Instructions executed so far. */
  public long instructions() {
    return instructions;
  }

  /** Misdispatch traps so far. */
  public long traps() {
    return traps;
  }

  /** Networks that took over so far. */
  public int swaps() {
    return swaps;
  }

  /** Times that a network was sent back. */
  public int returns() {
    return returns;
  }

  /** Cases of the decision domain for which the network in service is not proven right. */
  public int errors() {
    return current.errors;
  }

  /** Whether the network in service is certified for all words. */
  public boolean certified() {
    return current.certified;
  }

  /** What the learner was last doing. */
  public String activity() {
    return learner.activity();
  }

  long nanoseconds() {
    return now();
  }
}
