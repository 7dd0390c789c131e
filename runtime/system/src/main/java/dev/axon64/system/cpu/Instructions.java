package dev.axon64.system.cpu;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.state.CpuState;
import dev.axon64.system.mmu.Mmu;
import dev.axon64.system.mmu.TableWalk;

/**
 * Executes what EL1 asks of the machine around the CPU: accesses of its registers, maintenance of
 * TLBs, returns from exceptions, waiting. A word that the kernels let through is one of these.
 */
public final class Instructions {
  private static final int ERET = 0xd69f03e0;
  private static final int HINT = 0xd503201f;
  private static final int HINT_NUMBER = 0x7f << 5;
  private static final int WAIT_FOR_INTERRUPT = 3;
  private static final int MSR_SPSEL = 0xd50040bf;
  private static final int READS = 1 << 21;
  private static final int SYSTEM_OPERATION = 1;
  private static final int ZERO = 31;

  private final Core core;
  private final CpuState cpu;
  private final Exceptions exceptions;
  private final Monitor monitor;

  /** What HVC calls. */
  @FunctionalInterface
  public interface Monitor {
    /** Serves a call whose number and arguments are in X0 to X3, and whose answer goes to X0. */
    void call(Core core);
  }

  /** Executes for one processor. */
  public Instructions(Core core, Exceptions exceptions, Monitor monitor) {
    this.core = core;
    this.cpu = core.cpu;
    this.exceptions = exceptions;
    this.monitor = monitor;
  }

  /**
   * Executes the instruction at the pc.
   *
   * @return whether it completed; if not, it caused an exception
   */
  public boolean execute(int word) {
    if (word == ERET) {
      exceptions.back();
      return true;
    }
    if (word >>> 24 == 0xd4) {
      cpu.pc += Integer.BYTES;
      monitor.call(core);
      return true;
    }
    if ((word & ~HINT_NUMBER) == HINT) {
      core.waits = (word & HINT_NUMBER) >> 5 == WAIT_FOR_INTERRUPT;
      cpu.pc += Integer.BYTES;
      return true;
    }
    if ((word & ~0xf00) == MSR_SPSEL) {
      exceptions.setLevel(1, word >>> 8 & 1);
      cpu.pc += Integer.BYTES;
      return true;
    }
    if ((word & ~0xf00 | 0x20) == 0xd50340ff) {
      cpu.daif = (word & 0x20) == 0 ? cpu.daif | word >>> 8 & 0xf : cpu.daif & ~(word >>> 8);
      cpu.pc += Integer.BYTES;
      return true;
    }
    int number = word >>> 5 & 0xffff;
    int register = word & 0x1f;
    boolean done;
    if (number >>> 14 == SYSTEM_OPERATION) {
      done = operate(number, cpu.x[register]);
    } else if ((word & READS) != 0) {
      done = read(number, register);
    } else {
      done = write(number, cpu.x[register]);
    }
    if (done) {
      cpu.pc += Integer.BYTES;
    } else {
      exceptions.synchronous(Syndrome.UNKNOWN, 0);
    }
    return done;
  }

  private boolean read(int number, int to) {
    SystemRegister register = SystemRegister.of(number);
    long value;
    if (register != null) {
      value = value(register);
    } else if (isFeature(number)) {
      value = 0;
    } else {
      return false;
    }
    if (to != ZERO) {
      cpu.x[to] = value;
    }
    return true;
  }

  /**
   * Whether a number is in the space of feature registers, which read zero if they are not used.
   */
  private static boolean isFeature(int number) {
    return number >>> 7 == 3 << 7 && (number >>> 3 & 0xf) >= 1 && (number >>> 3 & 0xf) <= 7;
  }

  private long value(SystemRegister register) {
    long now = core.clock.getAsLong();
    return switch (register) {
      case SPSEL -> cpu.spsel;
      case DAIF -> cpu.daif << 6;
      case ISR_EL1 -> core.isInterrupted() ? 0x80 : 0;
      case SCTLR_EL1 -> core.mmu.registers().control;
      case TTBR0_EL1 -> core.mmu.registers().base[0];
      case TTBR1_EL1 -> core.mmu.registers().base[1];
      case TCR_EL1 -> core.mmu.registers().translation;
      case CNTVCT_EL0, CNTPCT_EL0 -> now;
      case CNTV_CTL_EL0 -> core.virtualTimer.control(now);
      case CNTV_CVAL_EL0 -> core.virtualTimer.compare();
      case CNTV_TVAL_EL0 -> core.virtualTimer.value(now);
      case CNTP_CTL_EL0 -> core.physicalTimer.control(now);
      case CNTP_CVAL_EL0 -> core.physicalTimer.compare();
      case CNTP_TVAL_EL0 -> core.physicalTimer.value(now);
      default -> core.get(register);
    };
  }

  private boolean write(int number, long value) {
    SystemRegister register = SystemRegister.of(number);
    if (register == null) {
      return false;
    }
    long now = core.clock.getAsLong();
    switch (register) {
      case SPSEL -> exceptions.setLevel(1, value & 1);
      case DAIF -> cpu.daif = value >>> 6 & 0xf;
      case SCTLR_EL1 -> core.mmu.setControl(value);
      case TTBR0_EL1 -> core.mmu.setBase(0, value);
      case TTBR1_EL1 -> core.mmu.setBase(1, value);
      case TCR_EL1 -> core.mmu.setTranslation(value);
      case CNTV_CTL_EL0 -> core.virtualTimer.setControl(value, now);
      case CNTV_CVAL_EL0 -> core.virtualTimer.setCompare(value, now);
      case CNTV_TVAL_EL0 -> core.virtualTimer.setValue(value, now);
      case CNTP_CTL_EL0 -> core.physicalTimer.setControl(value, now);
      case CNTP_CVAL_EL0 -> core.physicalTimer.setCompare(value, now);
      case CNTP_TVAL_EL0 -> core.physicalTimer.setValue(value, now);
      case OSLAR_EL1 -> core.set(SystemRegister.OSLSR_EL1, 0x8 | (value & 1) << 1);
      default -> core.set(register, value & register.writable);
    }
    return true;
  }

  /** AT and TLBI; the number without op0. */
  private boolean operate(int number, long operand) {
    int operation = number & 7;
    if ((number >>> 7 & 0xf) == 7) {
      translate(operand, operation);
      return true;
    }
    long address = operand << 20 >> 8; // bits 43 to 0 are the page's number
    boolean local = (number >>> 3 & 4) != 0;
    switch (operation) {
      case 0 -> core.reach(local, Mmu::forgetAll);
      case 2 -> core.reach(local, mmu -> mmu.forgetSpace((int) (operand >>> 48)));
      default -> core.reach(local, mmu -> mmu.forget(address));
    }
    return true;
  }

  private void translate(long address, int operation) {
    Access access = (operation & 1) == 0 ? Access.READ : Access.WRITE;
    TableWalk walk = core.mmu.walk();
    long result =
        walk.walk(address, access, operation < 2)
            ? walk.physical() & 0xff_ffff_f000L
                | 0xa00
                | walk.attributes(core.get(SystemRegister.MAIR_EL1))
            : 0x800 | walk.fault() << 1 | 1;
    core.set(SystemRegister.PAR_EL1, result);
  }
}
