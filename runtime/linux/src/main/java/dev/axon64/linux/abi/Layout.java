package dev.axon64.linux.abi;

/** Where things lie in a process; the same in every run, so that runs can be compared. */
public final class Layout {
  /** Instructions that return from a signal handler; Linux has them in its vDSO. */
  public static final long TRAMPOLINE = 0xffff_ffff_e000L;

  /** The first address behind the stack. */
  public static final long STACK_TOP = 0xffff_ffff_0000L;

  /** Bytes that a stack can grow to. */
  public static final long STACK_SIZE = 8L << 20;

  /** Mappings lie below this unless the guest asks for an address. */
  public static final long MAP_TOP = 0xffff_f700_0000L;

  /** The lowest address that can be mapped. */
  public static final long LOWEST = 0x1_0000L;

  /** Position-independent programs are loaded here. */
  public static final long PIE_BASE = 0xaaaa_aaaa_0000L;

  private Layout() {}
}
