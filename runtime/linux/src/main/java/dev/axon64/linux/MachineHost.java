package dev.axon64.linux;

import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.state.Host;

/** Answers what instructions ask of their machine; the system counter is the guest's clock. */
record MachineHost(GuestClock clock) implements Host {
  @Override
  public long cntvct() {
    return clock.monotonic();
  }
}
