package dev.axon64.runtime.linux;

import dev.axon64.runtime.cpu.Host;
import dev.axon64.runtime.linux.process.GuestClock;

/** What instructions ask of the machine: its counter is the guest's clock. */
record MachineHost(GuestClock clock) implements Host {
  @Override
  public long cntvct() {
    return clock.monotonic();
  }

  @Override
  public void ic_ivau(long address) {
    // Engines watch the pages they have decoded.
  }

  @Override
  public void yield() {
    // The turn ends soon enough.
  }

  @Override
  public void barrier() {
    // All guest threads take turns on one host thread.
  }
}
