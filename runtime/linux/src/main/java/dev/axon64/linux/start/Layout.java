package dev.axon64.linux.start;

/** Where things lie in a process; the same in every run, so that runs can be compared. */
public final class Layout {
  /** Instructions that return from a signal handler; Linux has them in its vDSO. */
  public static final long TRAMPOLINE = 0xffff_ffff_e000L;

  /** Behind the stack. */
  public static final long STACK_TOP = 0xffff_ffff_0000L;

  /** The most that a stack can grow to. */
  public static final long STACK_SIZE = 8L << 20;

  /** Mappings without a wish are put below this. */
  public static final long MAP_TOP = 0xffff_f700_0000L;

  /** The lowest address that can be mapped. */
  public static final long LOWEST = 0x1_0000L;

  /** Programs that can lie anywhere lie here. */
  public static final long PIE_BASE = 0xaaaa_aaaa_0000L;

  private Layout() {}
}
