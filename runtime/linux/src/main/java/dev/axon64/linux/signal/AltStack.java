package dev.axon64.linux.signal;

/**
 * The stack that signal handlers may run on (sigaltstack).
 *
 * @param start lowest address
 * @param flags as set: SS_DISABLE or SS_AUTODISARM
 * @param size bytes
 */
public record AltStack(long start, int flags, long size) {
  public static final int SS_ONSTACK = 1;
  public static final int SS_DISABLE = 2;
  public static final int SS_AUTODISARM = 1 << 31;

  /** No such stack. */
  public static final AltStack NONE = new AltStack(0, SS_DISABLE, 0);

  public boolean isEnabled() {
    return (flags & SS_DISABLE) == 0;
  }

  /** Whether a stack pointer is on it. */
  public boolean contains(long sp) {
    return isEnabled()
        && Long.compareUnsigned(sp, start) > 0
        && Long.compareUnsigned(sp - start, size) <= 0;
  }

  /** The flags as seen with this stack pointer. */
  public int flagsAt(long sp) {
    return contains(sp) ? flags | SS_ONSTACK : flags;
  }
}
