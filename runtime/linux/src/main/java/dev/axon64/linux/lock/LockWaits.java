package dev.axon64.linux.lock;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The processes that wait for ranges, to find those that would wait for each other for ever. */
public final class LockWaits {
  private record Wanted(FileLocks locks, Range range) {}

  private final Map<Object, Wanted> waiting = new IdentityHashMap<>();

  /**
   * Notes that the owner of a range waits for it.
   *
   * @return false if somebody who keeps it from that waits for the owner
   */
  public boolean begin(FileLocks locks, Range range) {
    if (leadsTo(new Wanted(locks, range), range.owner(), new HashSet<>())) {
      return false;
    }
    waiting.put(range.owner(), new Wanted(locks, range));
    return true;
  }

  /** The owner does not wait any more. */
  public void end(Object owner) {
    waiting.remove(owner);
  }

  private boolean leadsTo(Wanted wanted, Object goal, Set<Object> seen) {
    for (Object blocker : wanted.locks.blockers(wanted.range)) {
      if (blocker == goal) {
        return true;
      }
      Wanted next = waiting.get(blocker);
      if (next != null && seen.add(blocker) && leadsTo(next, goal, seen)) {
        return true;
      }
    }
    return false;
  }
}
