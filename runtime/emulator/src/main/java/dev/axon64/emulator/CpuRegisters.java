package dev.axon64.emulator;

import dev.axon64.machine.state.CpuState;
import java.util.Objects;

/** The registers of an {@link Emulator}; what sets one returns the emulator. */
abstract sealed class CpuRegisters permits CpuHooks {
  final CpuState cpu = new CpuState();

  /** The emulator that these are the registers of. */
  Emulator self() {
    return (Emulator) this;
  }

  /** All registers; x[32] is SP. */
  public CpuState cpu() {
    return cpu;
  }

  private static int general(int register) {
    return Objects.checkIndex(register, 32) == 31 ? CpuState.SP : register;
  }

  /**
   * A general register.
   *
   * @param register 0 to 30; 31 is the stack pointer
   */
  public long x(int register) {
    return cpu.x[general(register)];
  }

  /** Sets a general register; 31 is the stack pointer. */
  public Emulator x(int register, long value) {
    cpu.x[general(register)] = value;
    return self();
  }

  /** The low half of a general register; 31 is the stack pointer. */
  public int w(int register) {
    return (int) x(register);
  }

  /** The stack pointer. */
  public long sp() {
    return cpu.x[CpuState.SP];
  }

  /** Sets the stack pointer. */
  public Emulator sp(long value) {
    cpu.x[CpuState.SP] = value;
    return self();
  }

  /** The next instruction's address. */
  public long pc() {
    return cpu.pc;
  }

  /** Sets the next instruction's address; a hook may do so too. */
  public Emulator pc(long address) {
    cpu.pc = address;
    return self();
  }

  /** The flags N, Z, C and V in bits 31 to 28, as MRS has them. */
  public int nzcv() {
    return (int) cpu.nzcv();
  }

  /** Sets the flags from bits 31 to 28. */
  public Emulator nzcv(int flags) {
    cpu.setNzcv(flags);
    return self();
  }

  /** The 128 bits of a vector register, 0 to 31, as two numbers, the low one first. */
  public long[] v(int register) {
    int at = 2 * Objects.checkIndex(register, 32);
    return new long[] {cpu.v[at], cpu.v[at + 1]};
  }

  /** Sets a vector register. */
  public Emulator v(int register, long low, long high) {
    int at = 2 * Objects.checkIndex(register, 32);
    cpu.v[at] = low;
    cpu.v[at + 1] = high;
    return self();
  }

  /** The low 64 bits of a vector register as a number of double precision. */
  public double d(int register) {
    return Double.longBitsToDouble(cpu.v[2 * Objects.checkIndex(register, 32)]);
  }

  /** Sets the low 64 bits of a vector register, and clears the others, as an FMOV does. */
  public Emulator d(int register, double value) {
    return v(register, Double.doubleToRawLongBits(value), 0);
  }

  /** The low 32 bits of a vector register as a number of single precision. */
  public float s(int register) {
    return Float.intBitsToFloat((int) cpu.v[2 * Objects.checkIndex(register, 32)]);
  }

  /** Sets the low 32 bits of a vector register, and clears the others. */
  public Emulator s(int register, float value) {
    return v(register, Float.floatToRawIntBits(value) & 0xffff_ffffL, 0);
  }

  /** FPCR, which controls floating point. */
  public int fpcr() {
    return (int) cpu.fpcr;
  }

  /** Sets FPCR. */
  public Emulator fpcr(int value) {
    cpu.fpcr = value & 0xffff_ffffL;
    return self();
  }

  /** FPSR, what floating point has found. */
  public int fpsr() {
    return (int) cpu.fpsr;
  }

  /** Sets FPSR. */
  public Emulator fpsr(int value) {
    cpu.fpsr = value & 0xffff_ffffL;
    return self();
  }

  /** TPIDR_EL0, the thread pointer. */
  public long tpidr() {
    return cpu.tpidr;
  }

  /** Sets TPIDR_EL0. */
  public Emulator tpidr(long value) {
    cpu.tpidr = value;
    return self();
  }
}
