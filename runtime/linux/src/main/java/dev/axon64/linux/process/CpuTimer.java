package dev.axon64.linux.process;

/** A timer of CPU time (setitimer(2)). */
public final class CpuTimer {
  /** The CPU time at which it expires next, in nanoseconds; 0 if it is not set. */
  public long at;

  /** Nanoseconds between further expirations; 0 for none. */
  public long every;

  /** Whether it has expired at this CPU time; if so it is set for the next time. */
  boolean expires(long now) {
    if (at == 0 || now < at) {
      return false;
    }
    at = every == 0 ? 0 : at + ((now - at) / every + 1) * every;
    return true;
  }
}
