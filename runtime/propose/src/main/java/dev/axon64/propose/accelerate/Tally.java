package dev.axon64.propose.accelerate;

import java.util.Map;
import java.util.TreeMap;

/** What came of one network's proposals. */
public final class Tally {
  /** Its proposals. */
  public long proposed;

  /** Those that were proven. */
  public long proven;

  /** Those that were not, by reason. */
  public final Map<String, Long> refused = new TreeMap<>();

  /** Proven loops that were given up since applying them did not pay. */
  public long givenUp;

  /** How often iterations were applied at once. */
  public long applied;

  /** Instructions that were applied so, not executed. */
  public long skipped;

  /** Time for the network's answers, not on the guest's thread. */
  public long networkNanos;

  /** Time for proofs, likewise; that for reading the loops is not counted. */
  public long proofNanos;

  /** Time for applying. */
  public long applyNanos;

  /** Why it was switched off; empty if it was not. */
  public String off = "";

  /** {@link #applyNanos} and {@link #skipped} when it was last asked whether it pays. */
  long judgedNanos;

  long judgedSkipped;

  /** How often in a row it did not. */
  int losses;

  void refuse(String why) {
    refused.merge(why, 1L, Long::sum);
  }

  /**
   * Time gained over executing, less the time for applying.
   *
   * @param nanosEach time to execute an instruction
   */
  public double gained(double nanosEach) {
    return skipped * nanosEach - applyNanos;
  }
}
