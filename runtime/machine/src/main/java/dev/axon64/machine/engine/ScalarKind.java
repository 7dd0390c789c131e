package dev.axon64.machine.engine;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.function.Supplier;

/** The reference: runs one guest, one instruction after the other. */
public final class ScalarKind implements EngineKind {
  static final String NAME = "scalar";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Engines.Policy> policies() {
    return List.of(Engines.Policy.PAGE, Engines.Policy.EACH);
  }

  @Override
  public boolean profiles() {
    return true;
  }

  @Override
  public boolean accelerates(Engines.Policy policy) {
    return policy == Engines.Policy.PAGE;
  }

  @Override
  public Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile) {
    return open(network, policy, profile, null);
  }

  @Override
  public Supplier<Engine> open(
      Network network, Engines.Policy policy, Profile profile, HotLoops loops) {
    if (loops != null && !accelerates(policy)) {
      throw new InputException(
          "engine " + NAME,
          "executes every instruction when each is dispatched; dispatch by page to accelerate loops");
    }
    return Engines.of(policy, Engines.dispatchers(network), profile, loops);
  }
}
