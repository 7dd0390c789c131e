package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Watch;
import java.util.function.BooleanSupplier;

/**
 * What a parked thread waits for. When {@code ready} holds or the deadline has passed, its system
 * call is made again and finds this in {@link Task#wait}.
 *
 * @param ready asked any number of times; must have no effect
 * @param deadline in monotonic nanoseconds, or {@link #FOREVER}
 * @param restart whether the call is made anew after a handler that asks for that (SA_RESTART)
 * @param interrupted run if a handler or the thread's end interrupts the call
 * @param note what the call wants to find again; may be null
 * @param watch of the files that it waits for, closed when the wait is over; may be null
 */
public record Wait(
    BooleanSupplier ready,
    long deadline,
    boolean restart,
    Runnable interrupted,
    Object note,
    Watch watch) {
  public static final long FOREVER = Long.MAX_VALUE;

  /** A wait that watches no files. */
  public Wait(
      BooleanSupplier ready, long deadline, boolean restart, Runnable interrupted, Object note) {
    this(ready, deadline, restart, interrupted, note, null);
  }

  /** A wait for a condition alone, restarted after handlers. */
  public static Wait until(BooleanSupplier ready) {
    return new Wait(ready, FOREVER, true, () -> {}, null);
  }

  /** A wait for a condition or a time, which a handler ends for good. */
  public static Wait until(BooleanSupplier ready, long deadline) {
    return new Wait(ready, deadline, false, () -> {}, null);
  }

  /** A wait for files of which one changes, or a time, which a handler ends for good. */
  public static Wait until(Watch change, long deadline) {
    return new Wait(change::hasChanged, deadline, false, () -> {}, null, change);
  }

  /** The same wait with something for the call to find again. */
  public Wait noting(Object what) {
    return new Wait(ready, deadline, restart, interrupted, what, watch);
  }

  /** The same wait, which also keeps a file awake that changes with time. */
  public Wait watching(OpenFile file) {
    return new Wait(ready, deadline, restart, interrupted, note, new Watch().on(file));
  }

  /** The wait is over, or the call is made again. */
  public void end() {
    if (watch != null) {
      watch.close();
    }
  }

  /** The same wait, which does something if a handler or the thread's end interrupts it. */
  public Wait whenInterrupted(Runnable action) {
    return new Wait(ready, deadline, restart, action, note, watch);
  }

  /** A note of a call that has done a part of its work, which an interrupted call returns. */
  public interface Part {
    /** What was done. */
    long done();
  }

  /** What the call returns if a handler ends it for good. */
  long whenEnded() {
    return note instanceof Part part && part.done() > 0 ? part.done() : -Errno.EINTR;
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
