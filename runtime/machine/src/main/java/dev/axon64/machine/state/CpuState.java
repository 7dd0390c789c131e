package dev.axon64.machine.state;

import dev.axon64.machine.memory.AddressSpace;

/** One hardware thread with its registers, its memory and the machine around it. */
public final class CpuState extends Registers {
  public AddressSpace memory;

  /** The machine around the CPU. */
  public Host host = Host.PLAIN;

  /** Starts with all registers as at reset. */
  public CpuState() {
    reset();
  }

  /**
   * The index in {@code x} of a register whose number 31 means the stack pointer, which is at 32.
   */
  public static int stack(int register) {
    return register + (register + 1 >>> 5);
  }

  /** Returns a copy in the same memory, with its exclusive monitor open. */
  public CpuState copy() {
    CpuState copy = new CpuState();
    copy.assign(this);
    copy.memory = memory;
    copy.host = host;
    copy.excl_on = 0;
    return copy;
  }

  /** The flags as PSTATE has them: N, Z, C, V in bits 31 to 28. */
  public long nzcv() {
    return fn << 31 | fz << 30 | fc << 29 | fv << 28;
  }

  /** Sets the flags from bits 31 to 28. */
  public void setNzcv(long pstate) {
    fn = pstate >>> 31 & 1;
    fz = pstate >>> 30 & 1;
    fc = pstate >>> 29 & 1;
    fv = pstate >>> 28 & 1;
  }
}
