package dev.axon64.machine.state;

import dev.axon64.machine.memory.AddressSpace;

/**
 * One hardware thread. Everything is public and plain because generated code works on it; names
 * with underscores are those of the instruction spec.
 */
public final class CpuState {
  /** Where the zero register stands in {@link #x}; always 0. */
  public static final int ZERO = 31;

  /** Where the stack pointer stands in {@link #x}. */
  public static final int SP = 32;

  /** X0 to X30, then zero, then SP. */
  public final long[] x = new long[33];

  /** V register i: its low half at 2i, its high half at 2i + 1. */
  public final long[] v = new long[64];

  public long pc;

  /** Flags, each 0 or 1. */
  public long fn;

  public long fz;
  public long fc;
  public long fv;

  /** 32 bits, zero-extended. */
  public long fpcr;

  public long fpsr;

  /** TPIDR_EL0. */
  public long tpidr;

  /** The exclusive monitor: an address, and whether it is armed (1) or open (0). */
  public long excl_addr;

  public long excl_on;

  public AddressSpace memory;

  /** The machine around. */
  public Host host = Host.PLAIN;

  /** Where a register stands whose number 31 means the stack pointer: 31 is moved to 32. */
  public static int stack(int register) {
    return register + (register + 1 >>> 5);
  }

  /** A copy in the same memory, its monitor open. */
  public CpuState copy() {
    CpuState copy = new CpuState();
    copy.assign(this);
    copy.memory = memory;
    copy.host = host;
    copy.excl_on = 0;
    return copy;
  }

  /** Takes over all registers, not the memory. */
  public void assign(CpuState other) {
    System.arraycopy(other.x, 0, x, 0, x.length);
    System.arraycopy(other.v, 0, v, 0, v.length);
    pc = other.pc;
    fn = other.fn;
    fz = other.fz;
    fc = other.fc;
    fv = other.fv;
    fpcr = other.fpcr;
    fpsr = other.fpsr;
    tpidr = other.tpidr;
    excl_addr = other.excl_addr;
    excl_on = other.excl_on;
  }

  /** All registers 0, as a new program finds them. */
  public void clear() {
    CpuState fresh = new CpuState();
    assign(fresh);
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
