package dev.axon64.emulator;

import dev.axon64.machine.engine.Stop;
import java.util.Optional;

/** Ends a run from outside of it: by a call, from any thread, by time or by an interrupt. */
final class RunControl {
  private volatile Stop.Ended reason;
  private boolean timed;
  private long deadline;

  /**
   * Begins a run.
   *
   * @param nanos that it may take; empty if it has no limit
   */
  void begin(Optional<Long> nanos) {
    reason = null;
    timed = nanos.isPresent();
    nanos.ifPresent(most -> deadline = System.nanoTime() + most);
  }

  /** Ends the run; any thread may. The first reason counts. */
  void end(Stop.Ended why) {
    synchronized (this) {
      if (reason == null) {
        reason = why;
      }
    }
  }

  /** Looks at the clock and at the thread's interrupts. */
  void look() {
    if (reason == null) {
      if (timed && System.nanoTime() - deadline >= 0) {
        end(new Stop.TimedOut());
      } else if (Thread.currentThread().isInterrupted()) {
        end(new Stop.Interrupted());
      }
    }
  }

  /** Whether the run is to end. */
  boolean isOver() {
    return reason != null;
  }

  /** Why it is to end; null if it is not. */
  Stop.Ended reason() {
    return reason;
  }
}
