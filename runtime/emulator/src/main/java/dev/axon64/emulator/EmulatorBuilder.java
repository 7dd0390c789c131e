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
  private int addressBits = 48;

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
   * Sets how many bits of addresses there are; without it, 48. With up to 55 bits the top byte of
   * an address is ignored, as Linux has it for user programs; from 56 on all bits count. Of 64-bit
   * addresses the first follows the last. Branches to registers copy bit 55 into the top byte, so
   * that code can lie at the lowest and highest 2^55 addresses only.
   *
   * @param bits 32 to 64
   * @throws IllegalArgumentException if there are fewer or more
   */
  public EmulatorBuilder addressBits(int bits) {
    if (bits < 32 || bits > 64) {
      throw new IllegalArgumentException("addresses of " + bits + " bits: takes 32 to 64");
    }
    addressBits = bits;
    return this;
  }

  /**
   * Builds an emulator with nothing mapped and all registers 0.
   *
   * @throws InputException if the engine cannot ask the network so, or has no such addresses
   */
  public Emulator build() {
    if (!kind.policies().contains(policy)) {
      throw new InputException(
          "engine " + kind.name(),
          "does not dispatch by %s; choose another"
              .formatted(policy.name().toLowerCase(Locale.ROOT)));
    }
    if (addressBits > kind.addressBits()) {
      throw new InputException(
          "engine " + kind.name(),
          "has addresses of at most %d bits, not %d; choose another"
              .formatted(kind.addressBits(), addressBits));
    }
    Engine plain = kind.open(network, policy, null).get();
    MemoryLimit limit = kind.translates() ? MemoryLimit.flat(memory) : new MemoryLimit(memory);
    return new Emulator(plain, dispatchers.get(), new AddressSpace(limit, addressBits));
  }
}
