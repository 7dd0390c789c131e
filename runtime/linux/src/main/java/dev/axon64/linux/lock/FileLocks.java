package dev.axon64.linux.lock;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The locks of one file. None of the methods waits. */
public final class FileLocks {
  private final RangeLocks ranges = new RangeLocks();

  /** The open files that have locked the whole file, and whether only one may have. */
  private final Map<Object, Boolean> whole = new IdentityHashMap<>();

  private final Supplier<HostLocks> opener;
  private HostLocks host;

  /** Locks of a file that only guests have. */
  public FileLocks() {
    this(() -> HostLocks.NONE);
  }

  /**
   * Locks of a file of the host.
   *
   * @param opener opens the host's locks when they are first needed
   */
  public FileLocks(Supplier<HostLocks> opener) {
    this.opener = opener;
  }

  private HostLocks host() {
    if (host == null) {
      host = opener.get();
    }
    return host;
  }

  // Ranges.

  /** The lock that keeps a range from being set; null if none does. */
  public Range conflict(Range wanted) {
    Range ours = ranges.conflict(wanted);
    return ours != null ? ours : host().conflict(wanted);
  }

  /** The guests who keep a range from being set. */
  public Set<Object> blockers(Range wanted) {
    return ranges.blockers(wanted);
  }

  /** Sets a range if no lock forbids it; returns whether it is set. */
  public boolean set(Range range) {
    if (ranges.conflict(range) != null
        || !host().lock(range.start(), range.end(), range.exclusive())) {
      return false;
    }
    ranges.set(range);
    return true;
  }

  /** Takes away what the owner of a range has there. */
  public void clear(Range range) {
    ranges.clear(range);
    ranges.gaps(range).forEach(gap -> host().unlock(gap.start(), gap.end()));
  }

  /** Takes away all ranges of an owner. */
  public void clearAll(Object owner) {
    if (ranges.clearAll(owner)) {
      Range all = new Range(0, Range.FOREVER, false, owner, -1);
      ranges.gaps(all).forEach(gap -> host().unlock(gap.start(), gap.end()));
    }
  }

  // The whole file.

  /** Whether an open file could lock the whole file, as far as guests go. */
  public boolean canLockWhole(Object openFile, boolean exclusive) {
    return whole.entrySet().stream()
        .allMatch(other -> other.getKey() == openFile || !exclusive && !other.getValue());
  }

  /**
   * Locks the whole file for an open file if no lock forbids it; returns whether it is locked. An
   * older lock of the same open file is gone in any case.
   */
  public boolean lockWhole(Object openFile, boolean exclusive) {
    whole.remove(openFile);
    if (!canLockWhole(openFile, exclusive)) {
      host().unlockWhole(openFile);
      return false;
    }
    if (!host().lockWhole(openFile, exclusive)) {
      return false;
    }
    whole.put(openFile, exclusive);
    return true;
  }

  /** Unlocks the whole file. */
  public void unlockWhole(Object openFile) {
    if (whole.remove(openFile) != null) {
      host().unlockWhole(openFile);
    }
  }

  /** Nobody has the file open any more. */
  public void close() {
    if (host != null) {
      host.close();
      host = null;
    }
  }
}
