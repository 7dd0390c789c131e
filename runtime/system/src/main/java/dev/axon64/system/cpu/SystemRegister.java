package dev.axon64.system.cpu;

/**
 * The registers of EL1 and EL0 that are not the CPU's own state, by their numbers in MRS and MSR.
 */
enum SystemRegister {
  MIDR_EL1(3, 0, 0, 0, 0, 0x410fd034L, 0),
  MPIDR_EL1(3, 0, 0, 0, 5, 0x8000_0000L, 0),
  REVIDR_EL1(3, 0, 0, 0, 6, 0, 0),
  // EL0 and EL1 in AArch64, FP and Advanced SIMD; no EL2 and EL3.
  ID_AA64PFR0_EL1(3, 0, 0, 4, 0, 0x11, 0),
  // Debug of Armv8.0, with two breakpoints and two watchpoints.
  ID_AA64DFR0_EL1(3, 0, 0, 5, 0, 0x0010_1006L, 0),
  // CRC32, atomics, flag manipulation.
  ID_AA64ISAR0_EL1(3, 0, 0, 6, 0, 0x0010_0000_0021_0000L, 0),
  // Load-acquire RCpc.
  ID_AA64ISAR1_EL1(3, 0, 0, 6, 1, 0x0010_0000L, 0),
  // Physical addresses of 40 bits, ASIDs of 16, all three granules.
  ID_AA64MMFR0_EL1(3, 0, 0, 7, 0, 0x0010_0022L, 0),
  CCSIDR_EL1(3, 1, 0, 0, 0, 0x700f_e01aL, 0),
  CLIDR_EL1(3, 1, 0, 0, 1, 0x0a20_0023L, 0),
  AIDR_EL1(3, 1, 0, 0, 7, 0, 0),
  CSSELR_EL1(3, 2, 0, 0, 0, 0, 0xf),
  SCTLR_EL1(3, 0, 1, 0, 0, 0x30d0_0800L, -1),
  ACTLR_EL1(3, 0, 1, 0, 1, 0, 0),
  CPACR_EL1(3, 0, 1, 0, 2, 0, 0x1030_0000L),
  TTBR0_EL1(3, 0, 2, 0, 0, 0, -1),
  TTBR1_EL1(3, 0, 2, 0, 1, 0, -1),
  TCR_EL1(3, 0, 2, 0, 2, 0, -1),
  SPSEL(3, 0, 4, 2, 0, 0, 1),
  DAIF(3, 3, 4, 2, 1, 0, 0),
  AFSR0_EL1(3, 0, 5, 1, 0, 0, 0),
  AFSR1_EL1(3, 0, 5, 1, 1, 0, 0),
  ESR_EL1(3, 0, 5, 2, 0, 0, 0xffff_ffffL),
  FAR_EL1(3, 0, 6, 0, 0, 0, -1),
  PAR_EL1(3, 0, 7, 4, 0, 0, -1),
  MAIR_EL1(3, 0, 10, 2, 0, 0, -1),
  AMAIR_EL1(3, 0, 10, 3, 0, 0, 0),
  VBAR_EL1(3, 0, 12, 0, 0, 0, -1L << 11),
  ISR_EL1(3, 0, 12, 1, 0, 0, 0),
  CONTEXTIDR_EL1(3, 0, 13, 0, 1, 0, 0xffff_ffffL),
  CNTKCTL_EL1(3, 0, 14, 1, 0, 0, 0x3ff),
  CNTPCT_EL0(3, 3, 14, 0, 1, 0, 0),
  CNTVCT_EL0(3, 3, 14, 0, 2, 0, 0),
  CNTP_TVAL_EL0(3, 3, 14, 2, 0, 0, -1),
  CNTP_CTL_EL0(3, 3, 14, 2, 1, 0, -1),
  CNTP_CVAL_EL0(3, 3, 14, 2, 2, 0, -1),
  CNTV_TVAL_EL0(3, 3, 14, 3, 0, 0, -1),
  CNTV_CTL_EL0(3, 3, 14, 3, 1, 0, -1),
  CNTV_CVAL_EL0(3, 3, 14, 3, 2, 0, -1),
  MDSCR_EL1(2, 0, 0, 2, 2, 0, 0xffff_ffffL),
  OSLAR_EL1(2, 0, 1, 0, 4, 0, 1),
  OSLSR_EL1(2, 0, 1, 1, 4, 0xa, 0),
  OSDLR_EL1(2, 0, 1, 3, 4, 0, 0),
  DBGBVR0_EL1(2, 0, 0, 0, 4, 0, -1),
  DBGBCR0_EL1(2, 0, 0, 0, 5, 0, 0xffff_ffffL),
  DBGWVR0_EL1(2, 0, 0, 0, 6, 0, -1),
  DBGWCR0_EL1(2, 0, 0, 0, 7, 0, 0xffff_ffffL),
  DBGBVR1_EL1(2, 0, 0, 1, 4, 0, -1),
  DBGBCR1_EL1(2, 0, 0, 1, 5, 0, 0xffff_ffffL),
  DBGWVR1_EL1(2, 0, 0, 1, 6, 0, -1),
  DBGWCR1_EL1(2, 0, 0, 1, 7, 0, 0xffff_ffffL);

  private static final SystemRegister[] BY_NUMBER = new SystemRegister[1 << 16];

  static {
    for (SystemRegister register : values()) {
      BY_NUMBER[register.number] = register;
    }
  }

  private final int number;

  /** The value at reset. */
  final long reset;

  /** The bits that can be written. */
  final long writable;

  SystemRegister(int op0, int op1, int crn, int crm, int op2, long reset, long writable) {
    this.number = op0 << 14 | op1 << 11 | crn << 7 | crm << 3 | op2;
    this.reset = reset;
    this.writable = writable;
  }

  /** The register with a number, op0 to op2 one after the other; null if there is none. */
  static SystemRegister of(int number) {
    return BY_NUMBER[number];
  }
}
