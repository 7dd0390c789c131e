package dev.axon64.propose.online;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import java.util.function.IntPredicate;

/** A network's time of service, and what happened in it. */
final class Service {
  /** Traps at words that the predecessor had right, before a network can be worse. */
  private static final long LEAST_REGRESSIONS = 20;

  /** Instructions before two networks can be compared. */
  private static final long LEAST_INSTRUCTIONS = 1000;

  final String name;
  final Network network;
  final Dispatcher dispatcher;
  final IntPredicate proven;

  /** Cases of the decision domain for which it is not proven; -1 if nobody has counted. */
  int errors;

  final boolean certified;

  /** What serves the words for which this one is not proven; null if it serves all. */
  final Service below;

  /** What served before, to return to; null for the first one and after a return. */
  final Service before;

  final long startNanoseconds;
  long instructions;
  long traps;
  private long regressions;

  private Service(
      String name,
      Network network,
      Dispatcher dispatcher,
      IntPredicate proven,
      int errors,
      boolean certified,
      Service below,
      Service before,
      long startNanoseconds) {
    this.name = name;
    this.network = network;
    this.dispatcher = dispatcher;
    this.proven = proven;
    this.errors = errors;
    this.certified = certified;
    this.below = below;
    this.before = before;
    this.startNanoseconds = startNanoseconds;
  }

  /** The network that a run begins with. */
  static Service first(Network network, Dispatcher dispatcher) {
    return new Service(
        "start", network, dispatcher, ServingDispatcher.ALL, -1, false, null, null, 0);
  }

  /** A candidate that takes over. */
  static Service of(Candidate candidate, String name, Service before, long nanoseconds) {
    return new Service(
        name,
        candidate.network(),
        candidate.dispatchers().get(),
        candidate.certified() ? ServingDispatcher.ALL : candidate.proven(),
        candidate.errors(),
        candidate.certified(),
        candidate.certified() ? null : before,
        before,
        nanoseconds);
  }

  /** This network once more. */
  Service again(String newName, long nanoseconds) {
    return new Service(
        newName, network, dispatcher, proven, errors, certified, below, null, nanoseconds);
  }

  /** Counts a trap while this network is the newest. */
  void trapped(int word, long pc, int kernel) {
    traps++;
    if (before != null && new ServingDispatcher(before).kernel(word, pc) == kernel) {
      regressions++;
    }
  }

  double trapsPerMillion() {
    return traps * 1e6 / Math.max(1, instructions);
  }

  /** Whether it traps more than its predecessor did, and on words that that one had right. */
  boolean worse() {
    return instructions >= LEAST_INSTRUCTIONS
        && regressions >= LEAST_REGRESSIONS
        && trapsPerMillion() > before.trapsPerMillion();
  }
}
