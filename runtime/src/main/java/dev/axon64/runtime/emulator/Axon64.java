package dev.axon64.runtime.emulator;

import dev.axon64.codegen.network.Network;
import dev.axon64.runtime.dispatch.ShippedDispatcher;
import dev.axon64.runtime.engine.Engines;
import dev.axon64.runtime.engine.LaneEngine;
import dev.axon64.runtime.linux.LinuxMachine;

/** Where a program that uses Axon64 begins. */
public final class Axon64 {
  private Axon64() {}

  /** Settings for an emulator of bare code. */
  public static Emulator.Builder emulator() {
    return new Emulator.Builder();
  }

  /**
   * Settings for a machine that runs a Linux program.
   *
   * @param network the model that dispatches, as from {@code Models.shipped("a64")}
   */
  public static LinuxMachine.Builder linux(Network network) {
    return new LinuxMachine.Builder(
        Engines.of(Engines.Policy.PAGE, Engines.dispatchers(network), null));
  }

  /**
   * An engine for many guests at once, such as those of {@link Emulator#cpu()}. Their hooks on code
   * and blocks are not called there. The shipped model a64 dispatches.
   */
  public static LaneEngine lanes() {
    return new LaneEngine(ShippedDispatcher.A64::dispatcher);
  }

  /**
   * As {@link #lanes()}.
   *
   * @param network the model that dispatches
   */
  public static LaneEngine lanes(Network network) {
    return new LaneEngine(Engines.dispatchers(network));
  }
}
