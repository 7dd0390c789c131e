package dev.axon64.system.device;

/** Something outside the machine that things come from at any time. */
public interface Outside {
  /** Takes in what has come, and returns whether anything has. */
  boolean look();

  /**
   * Waits until something has come, and takes it in.
   *
   * @param nanoseconds the longest wait; it may be shorter
   */
  void await(long nanoseconds);

  /** Ends a wait; any thread may. */
  void wake();
}
