package dev.axon64.app.options;

import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines.Policy;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The engine that executes a guest, and when it asks the network. */
public final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description =
          "Execute on this engine: ${COMPLETION-CANDIDATES}. lanes is the engine for many guests with"
              + " one; executor is the generated shader on the JVM; gpu or gpu:NAME is it on a device."
              + " Default: scalar.")
  private Optional<String> engine;

  @Option(
      names = "--dispatch",
      paramLabel = "POLICY",
      description =
          "Ask the network for a page of code when it is first executed (page), or for every"
              + " instruction (each). Default: page; each with --engine executor and gpu.")
  private Optional<Policy> policy;

  /**
   * What was asked for.
   *
   * @throws dev.axon64.codegen.support.InputException if there is no such engine
   */
  public Choice choice() {
    EngineKind kind = engine.map(EngineKinds::named).orElseGet(EngineKinds::reference);
    return new Choice(kind, engine.isPresent(), policy);
  }

  /** The engines on the class path. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EngineKinds.all().stream().map(EngineKind::name).iterator();
    }
  }

  /**
   * An engine and a policy.
   *
   * @param kind the kind of engine
   * @param isNamed whether it was named
   * @param dispatch when it is to ask the network, if that was said
   */
  public record Choice(EngineKind kind, boolean isNamed, Optional<Policy> dispatch) {
    /** The policy asked for, or else the one that the engine prefers. */
    public Policy policy() {
      return dispatch.orElseGet(() -> kind.policies().getFirst());
    }

    /** A policy as users write it. */
    public static String name(Policy policy) {
      return policy.name().toLowerCase(Locale.ROOT);
    }
  }
}
