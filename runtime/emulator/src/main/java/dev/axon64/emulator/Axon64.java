package dev.axon64.emulator;

import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.LaneEngine;

/** The entry point for programs that use Axon64. */
public final class Axon64 {
  private Axon64() {}

  /** Begins the settings of an emulator of bare code. */
  public static EmulatorBuilder emulator() {
    return new EmulatorBuilder();
  }

  /**
   * Begins the settings of a whole machine with the devices of QEMU's {@code virt}, for operating
   * systems and bare-metal programs.
   */
  public static MachineBuilder machine() {
    return new MachineBuilder();
  }

  /**
   * Makes an engine for many guests at once, such as those of {@link Emulator#cpu()}, with the
   * shipped model a64. It does not call their hooks for code and blocks.
   */
  public static LaneEngine lanes() {
    return new LaneEngine(ShippedDispatcher.A64::dispatcher);
  }

  /**
   * Makes an engine as {@link #lanes()} does, with another model.
   *
   * @param network the model that dispatches
   */
  public static LaneEngine lanes(Network network) {
    return new LaneEngine(Engines.dispatchers(network));
  }
}
