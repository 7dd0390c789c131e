package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import java.util.function.Supplier;

/** A way to evaluate a dispatch network. Other modules add theirs as services. */
public interface DispatchEngine {
  /** Its name on the command line. */
  String name();

  /** One line for a person. */
  String description();

  /** Makes the network ready; each dispatcher supplied then serves one thread. */
  Supplier<? extends Dispatcher> open(Network network);
}
