package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import java.util.function.Supplier;

/** A way to evaluate a dispatch network. Other modules add engines as services. */
public interface DispatchEngine {
  /** The name by which it is chosen. */
  String name();

  /** A description of one line. */
  String description();

  /** Prepares a network, and returns a supplier of dispatchers; use one dispatcher per thread. */
  Supplier<? extends Dispatcher> open(Network network);
}
