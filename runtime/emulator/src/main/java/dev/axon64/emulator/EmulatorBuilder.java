package dev.axon64.emulator;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/** The settings of an emulator. */
public final class EmulatorBuilder {
  private Network network = ShippedDispatcher.A64.network();
  private Supplier<? extends Dispatcher> dispatchers = ShippedDispatcher.A64::dispatcher;
  private Engines.Policy policy = Engines.Policy.PAGE;
  private EngineKind kind = EngineKinds.reference();
  private long memory = 1L << 30;

  EmulatorBuilder() {}

  /**
   * Sets the network that dispatches; without it, the shipped {@code a64} does.
   *
   * @throws InputException if its kernels are not the generated ones
   */
  public EmulatorBuilder network(Network model) {
    dispatchers = Engines.dispatchers(model);
    network = model;
    return this;
  }

  /**
   * Sets what executes, as {@link EngineKinds} names it. Without it, everything is executed one by
   * one.
   */
  public EmulatorBuilder engine(EngineKind executes) {
    kind = Objects.requireNonNull(executes);
    return this;
  }

  /** Sets when the network is asked; without it, once per page of code. */
  public EmulatorBuilder dispatch(Engines.Policy when) {
    policy = Objects.requireNonNull(when);
    return this;
  }

  /**
   * Sets the most bytes of memory that the guest may touch; without it, 1 GiB.
   *
   * @throws IllegalArgumentException if that is less than a page
   */
  public EmulatorBuilder memoryLimit(long bytes) {
    if (bytes < AddressSpace.PAGE) {
      throw new IllegalArgumentException("memory limit: " + bytes + " is less than a page of 4096");
    }
    memory = bytes;
    return this;
  }

  /**
   * Builds an emulator with nothing mapped and all registers 0.
   *
   * @throws InputException if the engine cannot ask the network so
   */
  public Emulator build() {
    if (!kind.policies().contains(policy)) {
      throw new InputException(
          "engine " + kind.name(),
          "does not dispatch by %s; choose another"
              .formatted(policy.name().toLowerCase(Locale.ROOT)));
    }
    Engine plain = kind.open(network, policy, null).get();
    MemoryLimit limit = kind.translates() ? MemoryLimit.flat(memory) : new MemoryLimit(memory);
    return new Emulator(plain, dispatchers.get(), new AddressSpace(limit));
  }
}
