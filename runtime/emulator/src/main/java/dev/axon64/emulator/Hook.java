package dev.axon64.emulator;

/** A hook that was added to an emulator. */
public interface Hook {
  /**
   * Removes it: it is not called any more. A hook may remove itself or others while it is called.
   */
  void remove();

  /** Whether it has not been removed. */
  boolean isActive();
}
