package dev.axon64.machine.engine;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.function.Supplier;

/** A way to execute whole programs. Other modules add theirs as services. */
public interface EngineKind {
  /** The name it is chosen by. */
  String name();

  /** When it can ask the network; the first is what it does if nobody says. */
  List<Engines.Policy> policies();

  /** Whether it counts what it executes in a {@link Profile}. */
  boolean profiles();

  /** Whether {@link HotLoops} may take over under this policy: else it executes everything. */
  default boolean accelerates(Engines.Policy policy) {
    return false;
  }

  /**
   * Engines for one host thread.
   *
   * @param policy one of {@link #policies}
   * @param profile where they count what they execute; null if they need not, and always null if
   *     this kind does not {@linkplain #profiles count}
   * @throws InputException if it cannot run programs under this network
   */
  Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile);

  /** Whether it copies a guest's pages to where it executes, so that guesses can help it. */
  default boolean stages() {
    return false;
  }

  /**
   * The same kind, with someone who guesses which pages are needed.
   *
   * @throws UnsupportedOperationException if it does not {@linkplain #stages stage} them
   */
  default EngineKind with(StagedPages pages) {
    throw new UnsupportedOperationException(name() + " stages nothing");
  }

  /**
   * Engines that let someone take over hot loops.
   *
   * @param loops who; null for nobody
   * @throws InputException if this kind {@linkplain #accelerates executes} every instruction
   */
  default Supplier<Engine> open(
      Network network, Engines.Policy policy, Profile profile, HotLoops loops) {
    if (loops != null) {
      throw new InputException(
          "engine " + name(), "executes every instruction; choose another to accelerate loops");
    }
    return open(network, policy, profile);
  }
}
