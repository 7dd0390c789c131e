package dev.axon64.machine.memory;

/** How much memory all address spaces of a machine may take together. */
public final class MemoryLimit {
  private static final long FREE_TABLES = 4096;

  private final long most;
  private long used;
  private long tables;

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

  /** Tables of pages are not the guest's memory, but it decides how many there are. */
  boolean takeTable() {
    if (tables >= FREE_TABLES + most / 4) {
      return false;
    }
    tables++;
    return true;
  }

  void giveBackTables(int count) {
    tables -= count;
  }

  void giveBack() {
    used--;
  }
}
