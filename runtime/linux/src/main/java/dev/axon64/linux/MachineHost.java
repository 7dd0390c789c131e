package dev.axon64.linux;

import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.state.Host;

/** What instructions ask of the machine: its counter is the guest's clock. */
record MachineHost(GuestClock clock) implements Host {
  @Override
  public long cntvct() {
    return clock.monotonic();
  }
}
