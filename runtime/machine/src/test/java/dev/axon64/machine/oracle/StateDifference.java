package dev.axon64.machine.oracle;

import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;

/** What two states do not have in common, in words. */
final class StateDifference {
  private StateDifference() {}

  /**
   * Compares all registers but the exclusive monitor.
   *
   * @param pc the second state's expected pc
   * @return empty if they are equal
   */
  static String between(CpuState ours, CpuState theirs, long pc) {
    StringBuilder text = new StringBuilder();
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      Register register = Register.at(slot);
      if (!register.name().startsWith("EXCL_")) {
        long expected = register.name().equals("PC") ? pc : ours.get(slot);
        add(text, register.slotName(slot), expected, theirs.get(slot));
      }
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String name, long ours, long theirs) {
    if (ours != theirs) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(name)
          .append(" 0x")
          .append(Long.toHexString(ours))
          .append(" / 0x")
          .append(Long.toHexString(theirs));
    }
  }
}
