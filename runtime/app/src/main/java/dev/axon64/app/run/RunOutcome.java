package dev.axon64.app.run;

import dev.axon64.linux.ExitStatus;

/**
 * How a run ended.
 *
 * @param status of the guest
 * @param executed instructions of this run; a restored guest had executed others before
 * @param nanoseconds that the run took
 */
record RunOutcome(ExitStatus status, long executed, long nanoseconds) {
  /** Million instructions a second. */
  double mips() {
    return executed * 1e3 / Math.max(1, nanoseconds);
  }
}
