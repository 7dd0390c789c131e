package dev.axon64.propose.accelerate;

import java.util.Map;
import java.util.TreeMap;

/** The results of one network's proposals. Times are in nanoseconds. */
public final class Tally {
  /** The number of proposals. */
  public long proposed;

  /** The number of proposals that were proven. */
  public long proven;

  /** The number of proposals that were refused, by reason. */
  public final Map<String, Long> refused = new TreeMap<>();

  /** The number of proven loops that were given up because applying them did not pay. */
  public long givenUp;

  /** How often iterations were applied at once. */
  public long applied;

  /** The number of instructions that were applied instead of executed. */
  public long skipped;

  /** The time for the network's answers, in the background. */
  public long networkNanos;

  /** The time for proofs, in the background; reading the loops is not counted. */
  public long proofNanos;

  /** The time for applying loops, on the guest's thread. */
  public long applyNanos;

  /** Why the network was switched off; empty if it was not. */
  public String off = "";

  /** {@link #applyNanos} at the end of the last period. */
  long judgedNanos;

  /** {@link #skipped} at the end of the last period. */
  long judgedSkipped;

  /** The number of periods in a row without gain. */
  int losses;

  void refuse(String why) {
    refused.merge(why, 1L, Long::sum);
  }

  /**
   * The time gained over executing, less the time for applying.
   *
   * @param nanosEach the time to execute one instruction
   */
  public double gained(double nanosEach) {
    return skipped * nanosEach - applyNanos;
  }
}
