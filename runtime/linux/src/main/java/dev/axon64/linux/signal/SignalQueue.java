package dev.axon64.linux.signal;

import dev.axon64.linux.abi.Signals;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Signals that wait to be delivered. A signal below 32 waits at most once, a real-time signal any
 * number of times, and that of a timer beside any other.
 */
public final class SignalQueue {
  private static final int FIRST_REALTIME = 32;
  private static final int MOST = 1024;
  private final Map<Integer, Deque<SigInfo>> waiting = new HashMap<>();
  private long set;
  private int count;

  /** The set of signals that wait. */
  public long set() {
    return set;
  }

  /** Adds a signal; returns false if a real-time signal finds no room. */
  public boolean add(SigInfo info) {
    int signal = info.signal();
    boolean there = (set & Signals.bit(signal)) != 0;
    if (there && signal < FIRST_REALTIME && info.source() == null) {
      return true;
    }
    if (count >= MOST) {
      return false;
    }
    waiting.computeIfAbsent(signal, s -> new ArrayDeque<>()).add(info);
    set |= Signals.bit(signal);
    count++;
    return true;
  }

  /** Takes out the oldest of a signal that waits. */
  public SigInfo take(int signal) {
    Deque<SigInfo> queue = waiting.get(signal);
    SigInfo info = queue.remove();
    count--;
    if (queue.isEmpty()) {
      set &= ~Signals.bit(signal);
    }
    return info.source() == null ? info : info.source().taken(info);
  }

  /** Forgets the signals of a set. */
  public void drop(long signals) {
    for (int signal = 1; signal <= Signals.LAST; signal++) {
      while ((set & signals & Signals.bit(signal)) != 0) {
        take(signal);
      }
    }
  }

  /** The signal of a set that is delivered first: the lowest fault, or else the lowest signal. */
  public static int first(long signals) {
    long faults =
        Signals.bit(Signals.SIGSEGV)
            | Signals.bit(Signals.SIGBUS)
            | Signals.bit(Signals.SIGILL)
            | Signals.bit(Signals.SIGTRAP)
            | Signals.bit(Signals.SIGFPE)
            | Signals.bit(Signals.SIGSYS);
    long chosen = (signals & faults) != 0 ? signals & faults : signals;
    return Long.numberOfTrailingZeros(chosen) + 1;
  }
}
