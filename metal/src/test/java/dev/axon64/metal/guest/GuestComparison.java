package dev.axon64.metal.guest;

import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.Arrays;

/** What two guests do not have in common, in words; empty if they are equal. */
final class GuestComparison {
  private final StringBuilder text = new StringBuilder();

  private GuestComparison() {}

  static String of(CpuState scalar, Stop scalarStop, CpuState shader, Stop shaderStop) {
    GuestComparison comparison = new GuestComparison();
    comparison.compare("stop", describe(scalarStop), describe(shaderStop));
    comparison.registers(scalar, shader);
    return comparison.text.toString();
  }

  private void registers(CpuState a, CpuState b) {
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      number(Register.at(slot).slotName(slot), a.get(slot), b.get(slot));
    }
  }

  private void number(String name, long a, long b) {
    if (a != b) {
      compare(name, Long.toHexString(a), Long.toHexString(b));
    }
  }

  private void compare(String name, String a, String b) {
    if (!a.equals(b)) {
      text.append(' ').append(name).append(": ").append(a).append(" / ").append(b).append(';');
    }
  }

  /** Faults are equal if address, access and reason are. */
  static String describe(Stop stop) {
    if (stop instanceof Stop.Fault f) {
      MemoryFault fault = f.fault();
      return fault.access + " " + fault.reason + " " + Long.toHexString(fault.address);
    }
    return stop.toString();
  }

  /** The first byte that differs, or empty. */
  static String memory(byte[] scalar, byte[] shader) {
    int at = Arrays.mismatch(scalar, shader);
    return at < 0
        ? ""
        : " memory +0x%x: %02x / %02x;".formatted(at, scalar[at] & 0xff, shader[at] & 0xff);
  }
}
