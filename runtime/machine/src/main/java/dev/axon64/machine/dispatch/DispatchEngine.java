package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.function.Supplier;

/** A way to evaluate a dispatch network. Other modules add engines as services. */
public interface DispatchEngine {
  /** The name by which it is chosen. */
  String name();

  /** Other names by which it is chosen. */
  default List<String> aliases() {
    return List.of();
  }

  /**
   * Returns this engine on a device.
   *
   * @param device a part of the device's name
   * @throws InputException if it runs on no such device
   */
  default DispatchEngine on(String device) {
    throw new InputException(
        "engine " + name() + ":" + device, "runs on no device of its own; write " + name());
  }

  /** The number of words that are best given to a dispatcher at a time. */
  default int chunk() {
    return 1 << 14;
  }

  /** A description of one line. */
  String description();

  /** Prepares a network, and returns a supplier of dispatchers; use one dispatcher per thread. */
  Supplier<? extends Dispatcher> open(Network network);
}
