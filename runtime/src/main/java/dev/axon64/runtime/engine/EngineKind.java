package dev.axon64.runtime.engine;

import dev.axon64.codegen.network.Network;
import java.util.List;
import java.util.function.Supplier;

/** A way to execute whole programs. Other modules add theirs as services. */
public interface EngineKind {
  /** Its name on the command line. */
  String name();

  /** When it can ask the network; the first is what it does if nobody says. */
  List<Engines.Policy> policies();

  /** Whether it counts what it executes in a {@link Profile}. */
  boolean profiles();

  /**
   * Engines for one host thread.
   *
   * @param policy one of {@link #policies}
   * @param profile where they count what they execute; null if they need not, and always null if
   *     this kind does not {@linkplain #profiles count}
   * @throws dev.axon64.codegen.support.InputException if it cannot run programs under this network
   */
  Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile);
}
