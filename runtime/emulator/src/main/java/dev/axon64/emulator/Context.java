package dev.axon64.emulator;

import dev.axon64.machine.state.CpuState;

/**
 * All registers of an emulator at one time, without its memory; can be restored any number of
 * times.
 */
public final class Context {
  private final CpuState registers = new CpuState();

  Context(CpuState cpu) {
    registers.assign(cpu);
  }

  void restoreTo(CpuState cpu) {
    cpu.assign(registers);
  }
}
