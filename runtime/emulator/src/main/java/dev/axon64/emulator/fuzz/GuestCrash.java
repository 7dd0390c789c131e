package dev.axon64.emulator.fuzz;

import dev.axon64.machine.engine.Stop;

/** A guest's function that did not return. */
public final class GuestCrash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Stop stop;
  private final long pc;

  /**
   * @param pc where it stopped
   */
  public GuestCrash(Stop stop, long pc) {
    super("the guest stopped at 0x%x: %s".formatted(pc, stop));
    this.stop = stop;
    this.pc = pc;
  }

  /** Why it stopped. */
  public Stop stop() {
    return stop;
  }

  /** Where it stopped. */
  public long pc() {
    return pc;
  }
}
