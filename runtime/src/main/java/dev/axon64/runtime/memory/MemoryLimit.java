package dev.axon64.runtime.memory;

/** How much memory all address spaces of a machine may take together. */
public final class MemoryLimit {
  private final long most;
  private long used;

  /**
   * @param bytes the most, rounded down to whole pages
   */
  public MemoryLimit(long bytes) {
    this.most = bytes / Page.SIZE;
  }

  /** The most bytes. */
  public long bytes() {
    return most * Page.SIZE;
  }

  /** Bytes in pages that were touched. */
  public long used() {
    return used * Page.SIZE;
  }

  boolean take() {
    if (used >= most) {
      return false;
    }
    used++;
    return true;
  }

  void giveBack() {
    used--;
  }
}
