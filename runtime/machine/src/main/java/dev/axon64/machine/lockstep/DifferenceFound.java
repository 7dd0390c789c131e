package dev.axon64.machine.lockstep;

/** Ends a run in which two engines did not do the same. */
public final class DifferenceFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Difference difference;

  DifferenceFound(Difference difference) {
    super("engines differ: " + String.join("; ", difference.what()));
    this.difference = difference;
  }

  /** What they did differently. */
  public Difference difference() {
    return difference;
  }
}
