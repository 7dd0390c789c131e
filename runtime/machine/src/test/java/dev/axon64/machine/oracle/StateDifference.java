package dev.axon64.machine.oracle;

import dev.axon64.machine.state.CpuState;
import java.util.Arrays;

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
    if (same(ours, theirs, pc)) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ours.x.length; i++) {
      add(text, i == CpuState.SP ? "sp" : "x" + i, ours.x[i], theirs.x[i]);
    }
    for (int i = 0; i < ours.v.length; i++) {
      add(text, "v" + i / 2 + (i % 2 == 0 ? " low" : " high"), ours.v[i], theirs.v[i]);
    }
    add(text, "nzcv", ours.nzcv(), theirs.nzcv());
    add(text, "fpcr", ours.fpcr, theirs.fpcr);
    add(text, "fpsr", ours.fpsr, theirs.fpsr);
    add(text, "tpidr", ours.tpidr, theirs.tpidr);
    add(text, "pc", pc, theirs.pc);
    return text.toString();
  }

  private static boolean same(CpuState ours, CpuState theirs, long pc) {
    return Arrays.equals(ours.x, theirs.x)
        && Arrays.equals(ours.v, theirs.v)
        && ours.nzcv() == theirs.nzcv()
        && ours.fpcr == theirs.fpcr
        && ours.fpsr == theirs.fpsr
        && ours.tpidr == theirs.tpidr
        && pc == theirs.pc;
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
