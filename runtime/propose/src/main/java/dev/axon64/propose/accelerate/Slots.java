package dev.axon64.propose.accelerate;

import dev.axon64.machine.state.CpuState;
import java.util.List;

/** The registers of a CPU, by number: X0 to X30, SP, the halves of V0 to V31, then the others. */
final class Slots {
  static final int SP = 31;
  static final int V = 32;
  private static final int OTHERS = V + 64;
  private static final List<String> NAMES =
      List.of("FN", "FZ", "FC", "FV", "FPCR", "FPSR", "TPIDR", "EXCL_ADDR", "EXCL_ON");

  static final int COUNT = OTHERS + NAMES.size();

  private Slots() {}

  /** Of a register that the instruction spec declares. */
  static int state(String name) {
    int index = NAMES.indexOf(name);
    if (index < 0) {
      throw new Refusal("register " + name);
    }
    return OTHERS + index;
  }

  /** In bits. */
  static int width(int slot) {
    return switch (slot - OTHERS) {
      case 0, 1, 2, 3, 8 -> 1;
      case 4, 5 -> Integer.SIZE;
      default -> Long.SIZE;
    };
  }

  static long get(CpuState cpu, int slot) {
    if (slot < SP) {
      return cpu.x[slot];
    }
    if (slot == SP) {
      return cpu.x[CpuState.SP];
    }
    if (slot < OTHERS) {
      return cpu.v[slot - V];
    }
    return switch (slot - OTHERS) {
      case 0 -> cpu.fn;
      case 1 -> cpu.fz;
      case 2 -> cpu.fc;
      case 3 -> cpu.fv;
      case 4 -> cpu.fpcr;
      case 5 -> cpu.fpsr;
      case 6 -> cpu.tpidr;
      case 7 -> cpu.excl_addr;
      default -> cpu.excl_on;
    };
  }

  static void set(CpuState cpu, int slot, long value) {
    if (slot < SP) {
      cpu.x[slot] = value;
    } else if (slot == SP) {
      cpu.x[CpuState.SP] = value;
    } else if (slot < OTHERS) {
      cpu.v[slot - V] = value;
    } else {
      setOther(cpu, slot - OTHERS, value);
    }
  }

  private static void setOther(CpuState cpu, int index, long value) {
    switch (index) {
      case 0 -> cpu.fn = value;
      case 1 -> cpu.fz = value;
      case 2 -> cpu.fc = value;
      case 3 -> cpu.fv = value;
      case 4 -> cpu.fpcr = value;
      case 5 -> cpu.fpsr = value;
      case 6 -> cpu.tpidr = value;
      case 7 -> cpu.excl_addr = value;
      default -> cpu.excl_on = value;
    }
  }
}
