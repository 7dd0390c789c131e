package dev.axon64.system.cpu;

import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Registers;

/** How a processor takes exceptions to EL1, and returns from them (Arm ARM, D1.3). */
public final class Exceptions {
  private static final int SYNCHRONOUS = 0;
  private static final int IRQ = 0x80;
  private static final int FROM_EL0 = 0x400;
  private static final int FROM_OWN_STACK = 0x200;

  private static final long ILLEGAL = 1 << 20;
  private static final int CLASS_SHIFT = 26;
  private static final long LONG_INSTRUCTION = 1 << 25;

  /** Is told of exceptions that are taken. */
  @FunctionalInterface
  public interface Observer {
    /**
     * An exception was taken; the registers are as the handler finds them.
     *
     * @param syndrome ESR_EL1; -1 for an interrupt
     */
    void taken(Core core, long syndrome);
  }

  private final Core core;
  private final CpuState cpu;
  private final Observer observer;

  /** Takes exceptions of a processor. */
  public Exceptions(Core core, Observer observer) {
    this.core = core;
    this.cpu = core.cpu;
    this.observer = observer;
  }

  /** Takes an interrupt. */
  public void interrupt() {
    enter(IRQ);
    tell(-1);
  }

  /**
   * Takes an exception that an instruction causes.
   *
   * @param kind the exception class of ESR_EL1
   * @param syndrome the rest of ESR_EL1
   */
  public void synchronous(int kind, long syndrome) {
    long whole = (long) kind << CLASS_SHIFT | LONG_INSTRUCTION | syndrome;
    core.set(SystemRegister.ESR_EL1, whole);
    enter(SYNCHRONOUS);
    tell(whole);
  }

  /** The same, with the address that it is about. */
  public void synchronous(int kind, long syndrome, long address) {
    core.set(SystemRegister.FAR_EL1, address);
    synchronous(kind, syndrome);
  }

  private void tell(long syndrome) {
    observer.taken(core, syndrome);
  }

  private void enter(int offset) {
    int from = cpu.el == 0 ? FROM_EL0 : cpu.spsel == 0 ? 0 : FROM_OWN_STACK;
    cpu.spsr_el1 = state();
    cpu.elr_el1 = cpu.pc;
    setLevel(1, 1);
    cpu.daif = 0xf;
    cpu.pc = core.get(SystemRegister.VBAR_EL1) + from + offset;
  }

  /** PSTATE as SPSR_EL1 has it. */
  private long state() {
    return cpu.nzcv() | cpu.daif << 6 | (cpu.el == 0 ? 0 : 4 + cpu.spsel);
  }

  /** Returns to where SPSR_EL1 and ELR_EL1 say. */
  public void back() {
    long to = cpu.spsr_el1;
    int mode = (int) to & 0x1f;
    cpu.excl_on = 0;
    cpu.pc = cpu.elr_el1;
    cpu.setNzcv(to);
    cpu.daif = to >>> 6 & 0xf;
    if (mode == 0 && (to & ILLEGAL) == 0) {
      setLevel(0, 0);
    } else if ((mode == 4 || mode == 5) && (to & ILLEGAL) == 0) {
      setLevel(1, mode & 1);
    } else {
      synchronous(Syndrome.ILLEGAL_STATE, 0);
      cpu.spsr_el1 |= ILLEGAL;
    }
  }

  /** Changes level and stack pointer. */
  void setLevel(long level, long stack) {
    if (cpu.spsel != 0) {
      cpu.sp_el1 = cpu.x[Registers.SP];
    } else {
      cpu.sp_el0 = cpu.x[Registers.SP];
    }
    cpu.el = level;
    cpu.spsel = stack;
    cpu.x[Registers.SP] = stack != 0 ? cpu.sp_el1 : cpu.sp_el0;
    cpu.memory = core.mmu.space((int) level);
  }
}
