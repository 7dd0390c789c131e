package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.Map;
import java.util.TreeMap;

/** The timers that a process has made. */
public final class PosixTimers {
  private static final int MOST = 1024;
  private final Map<Integer, PosixTimer> timers = new TreeMap<>();
  private int next;

  /** The number of the next timer; fails with EAGAIN if there are too many. */
  public int newId() {
    if (timers.size() >= MOST) {
      throw new SysError(Errno.EAGAIN);
    }
    while (timers.containsKey(next)) {
      next = next + 1 & Integer.MAX_VALUE;
    }
    return next++;
  }

  public void add(PosixTimer timer) {
    timers.put(timer.id(), timer);
  }

  /** A timer by number; fails with EINVAL if there is none. */
  public PosixTimer get(long id) {
    PosixTimer timer = timers.get((int) id);
    if (timer == null) {
      throw new SysError(Errno.EINVAL);
    }
    return timer;
  }

  /** Deletes a timer. */
  public void delete(long id) {
    get(id).stop();
    timers.remove((int) id);
  }

  public boolean isEmpty() {
    return timers.isEmpty();
  }

  /** Deletes all, as at the end of a program. */
  public void clear() {
    timers.values().forEach(PosixTimer::stop);
    timers.clear();
  }
}
