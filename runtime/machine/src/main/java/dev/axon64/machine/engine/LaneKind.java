package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import java.util.List;
import java.util.function.Supplier;

/** The lane engine with one guest. It is made for many guests; this kind is for comparison. */
public final class LaneKind implements EngineKind {
  @Override
  public String name() {
    return "lanes";
  }

  @Override
  public List<Engines.Policy> policies() {
    return List.of(Engines.Policy.PAGE);
  }

  @Override
  public boolean profiles() {
    return false;
  }

  @Override
  public boolean usesVectors() {
    return true;
  }

  @Override
  public boolean accelerates(Engines.Policy policy) {
    return true;
  }

  @Override
  public Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile) {
    return open(network, policy, profile, null);
  }

  /** A group for each core. */
  @Override
  public GuestPool pool(Network network, Engines.Policy policy) {
    return new LanePool(Runtime.getRuntime().availableProcessors(), Engines.dispatchers(network));
  }

  @Override
  public Supplier<Engine> open(
      Network network, Engines.Policy policy, Profile profile, HotLoops loops) {
    Supplier<? extends Dispatcher> dispatchers = Engines.dispatchers(network);
    return () -> new OneLaneEngine(dispatchers, loops);
  }
}
