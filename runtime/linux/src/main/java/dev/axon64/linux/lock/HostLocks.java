package dev.axon64.linux.lock;

/**
 * Locks that the host keeps of one of its files, for all guests of this machine together. None of
 * the methods waits.
 */
public interface HostLocks {
  /** Where the host has no such locks, or none for us, everything is granted. */
  HostLocks NONE = new HostLocks() {};

  /** Locks a range; returns false if a process of the host has a lock that forbids it. */
  default boolean lock(long start, long end, boolean exclusive) {
    return true;
  }

  /** Unlocks a range. */
  default void unlock(long start, long end) {}

  /** What keeps a range from being locked; null if nothing does. */
  default Range conflict(Range wanted) {
    return null;
  }

  /**
   * Locks the whole file for an open file of the guest (flock); returns false if it must not be.
   */
  default boolean lockWhole(Object openFile, boolean exclusive) {
    return true;
  }

  /** Unlocks the whole file. */
  default void unlockWhole(Object openFile) {}

  /** Gives up everything. */
  default void close() {}
}
