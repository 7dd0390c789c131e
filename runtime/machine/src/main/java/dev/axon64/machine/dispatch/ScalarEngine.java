package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.network.Network;
import java.util.function.Supplier;

/** The reference: evaluates a network by plain loops in the published order. */
public final class ScalarEngine implements DispatchEngine {
  static final String NAME = "scalar";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "reference, plain loops in the published order";
  }

  @Override
  public Supplier<? extends Dispatcher> open(Network network) {
    return () -> new ReferenceDispatcher(network);
  }
}
