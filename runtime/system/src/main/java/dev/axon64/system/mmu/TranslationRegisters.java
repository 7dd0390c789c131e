package dev.axon64.system.mmu;

/** The registers that say how addresses are translated. */
public final class TranslationRegisters {
  /** Translation is on, in {@link #control}. */
  private static final long ENABLED = 1;

  /** What can be written is not executed, in {@link #control}. */
  private static final long WRITABLE_NOT_EXECUTABLE = 1 << 19;

  private static final int BASE_BITS = 48;
  private static final long HIGH_ASID = 1L << 22;
  private static final long WIDE_ASID = 1L << 36;

  /** SCTLR_EL1. */
  public long control;

  /** TTBR0_EL1 and TTBR1_EL1. */
  public final long[] base = new long[2];

  /** TCR_EL1. */
  public long translation;

  /** Whether addresses are translated at all. */
  boolean isOn() {
    return (control & ENABLED) != 0;
  }

  boolean writableIsNotExecutable() {
    return (control & WRITABLE_NOT_EXECUTABLE) != 0;
  }

  /** The address space whose own translations are in use. */
  public int asid() {
    int asid = (int) (base[(translation & HIGH_ASID) != 0 ? 1 : 0] >>> BASE_BITS);
    return (translation & WIDE_ASID) != 0 ? asid : asid & 0xff;
  }
}
