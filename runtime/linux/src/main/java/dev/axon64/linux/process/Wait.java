package dev.axon64.linux.process;

import java.util.function.BooleanSupplier;

/**
 * What a parked thread waits for. When {@code ready} holds or the time has come, its system call is
 * made again and finds this in {@link Task#wait}.
 *
 * @param ready asked again and again; must have no effect
 * @param deadline in monotonic nanoseconds, or {@link #FOREVER}
 * @param restart whether the call is made anew after a handler that wants that (SA_RESTART)
 * @param interrupted what is to be done if a handler interrupts it
 * @param note anything the call wants to find again
 */
public record Wait(
    BooleanSupplier ready, long deadline, boolean restart, Runnable interrupted, Object note) {
  public static final long FOREVER = Long.MAX_VALUE;

  /** A wait for a condition alone, restarted after handlers. */
  public static Wait until(BooleanSupplier ready) {
    return new Wait(ready, FOREVER, true, () -> {}, null);
  }

  /** Thrown by a system call that parks its thread. */
  public static final class Parked extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final Parked ONLY = new Parked();

    private Parked() {
      super(null, null, false, false);
    }
  }
}
