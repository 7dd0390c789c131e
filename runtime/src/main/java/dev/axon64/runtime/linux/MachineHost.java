package dev.axon64.runtime.linux;

import dev.axon64.runtime.cpu.Host;
import dev.axon64.runtime.linux.process.GuestClock;

/** What instructions ask of the machine: its counter is the guest's clock. */
record MachineHost(GuestClock clock) implements Host {
  @Override
  public long cntvct() {
    return clock.monotonic();
  }
}
