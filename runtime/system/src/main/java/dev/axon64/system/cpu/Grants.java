package dev.axon64.system.cpu;

/**
 * What EL0 may do of what is EL1's, as SCTLR_EL1 and CNTKCTL_EL1 say: timers, masks and waiting.
 * What it may not is a trap that names the instruction, where others are undefined.
 */
final class Grants {
  private static final int ACCESS = 0xd51;
  private static final int READS = 1 << 21;
  private static final int MSR_MASKS = 0xd50340df;
  private static final int MASKS_FIELDS = 0xf20;
  private static final int WAIT_FOR_INTERRUPT = 0xd503207f;

  /** SCTLR_EL1.UMA: EL0 may change the masks. */
  private static final long MASKS = 1 << 9;

  /** SCTLR_EL1.nTWI: EL0 may wait. */
  private static final long WAITS = 1 << 16;

  /** CNTKCTL_EL1.EL0PCTEN, EL0VCTEN, EL0VTEN and EL0PTEN: EL0 may read counters, use timers. */
  private static final long PHYSICAL_COUNTER = 1;

  private static final long VIRTUAL_COUNTER = 1 << 1;
  private static final long VIRTUAL_TIMER = 1 << 8;
  private static final long PHYSICAL_TIMER = 1 << 9;

  private final Core core;

  Grants(Core core) {
    this.core = core;
  }

  /** What EL1 says of an instruction. */
  enum Answer {
    /** It is nothing that EL1 could grant. */
    UNKNOWN,
    GRANTED,
    REFUSED
  }

  /** What EL1 says of an instruction at EL0. */
  Answer of(int word) {
    if (word == WAIT_FOR_INTERRUPT) {
      return control(WAITS);
    }
    if ((word & ~MASKS_FIELDS) == (MSR_MASKS & ~MASKS_FIELDS)) {
      return control(MASKS);
    }
    SystemRegister register = register(word);
    if (register == null) {
      return Answer.UNKNOWN;
    }
    return switch (register) {
      case DAIF -> control(MASKS);
      case CNTVCT_EL0 -> timers(VIRTUAL_COUNTER);
      case CNTPCT_EL0 -> timers(PHYSICAL_COUNTER);
      case CNTV_CTL_EL0, CNTV_CVAL_EL0, CNTV_TVAL_EL0 -> timers(VIRTUAL_TIMER);
      case CNTP_CTL_EL0, CNTP_CVAL_EL0, CNTP_TVAL_EL0 -> timers(PHYSICAL_TIMER);
      default -> Answer.UNKNOWN;
    };
  }

  private static SystemRegister register(int word) {
    return (word & ~READS) >>> 20 == ACCESS ? SystemRegister.of(word >>> 5 & 0xffff) : null;
  }

  private Answer control(long bit) {
    return answer(core.mmu.registers().control & bit);
  }

  private Answer timers(long bit) {
    return answer(core.get(SystemRegister.CNTKCTL_EL1) & bit);
  }

  private static Answer answer(long bit) {
    return bit != 0 ? Answer.GRANTED : Answer.REFUSED;
  }

  /** Tells EL1 that EL0 has tried what it may not. */
  static void refuse(Exceptions exceptions, int word) {
    if (word == WAIT_FOR_INTERRUPT) {
      exceptions.synchronous(Syndrome.WAIT, Syndrome.ALWAYS);
      return;
    }
    int op0 = word >>> 19 & 3;
    int op1 = word >>> 16 & 7;
    int crn = word >>> 12 & 0xf;
    int crm = word >>> 8 & 0xf;
    int op2 = word >>> 5 & 7;
    int rt = word & 0x1f;
    int reads = (word & READS) != 0 ? 1 : 0;
    exceptions.synchronous(
        Syndrome.SYSTEM_REGISTER,
        op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | rt << 5 | crm << 1 | reads);
  }
}
