package dev.axon64.emulator;

import dev.axon64.machine.memory.AddressSpace;

/**
 * Registers and memory of an emulator at one time; can be restored any number of times. Devices and
 * buffers of the host are not part of it. It holds the pages that it shares with nobody until it is
 * {@linkplain #close closed}.
 */
public final class Snapshot implements AutoCloseable {
  private final Context registers;
  private final AddressSpace memory;
  private boolean closed;

  Snapshot(Context registers, AddressSpace memory) {
    this.registers = registers;
    this.memory = memory;
  }

  Context registers() {
    return registers;
  }

  AddressSpace memory() {
    if (closed) {
      throw new IllegalStateException("the snapshot is closed");
    }
    return memory;
  }

  /** Frees its memory. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memory.clear();
    }
  }
}
