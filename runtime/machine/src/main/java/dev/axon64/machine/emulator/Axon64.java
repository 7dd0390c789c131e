package dev.axon64.machine.emulator;

import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.LaneEngine;

/** Where a program that uses Axon64 begins. */
public final class Axon64 {
  private Axon64() {}

  /** Settings for an emulator of bare code. */
  public static Emulator.Builder emulator() {
    return new Emulator.Builder();
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
