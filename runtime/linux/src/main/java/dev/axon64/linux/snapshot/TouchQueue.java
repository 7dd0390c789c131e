package dev.axon64.linux.snapshot;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes first uses of pages from the guest's thread to another one. A full queue drops new ones.
 */
final class TouchQueue {
  private static final int ROOM = 1 << 10;

  /** Nanoseconds that the other thread looks for more before it sleeps. */
  private static final long AWAKE = 200_000;

  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

  private final long[] pcs = new long[ROOM];
  private final long[] addresses = new long[ROOM];
  private final boolean[] writes = new boolean[ROOM];
  private final AtomicLong put = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private volatile Thread sleeper;

  /** How many must have been added before the one that wakes the sleeper. */
  private volatile long enough;

  private volatile boolean closed;
  private long missed;

  /** Adds a use if there is room; called by the guest's thread. */
  void add(long pc, long address, boolean write) {
    long next = put.get();
    if (next - taken.get() == ROOM) {
      missed++;
      return;
    }
    int place = (int) next & ROOM - 1;
    pcs[place] = pc;
    addresses[place] = address;
    writes[place] = write;
    put.set(next + 1);
    Thread waiting = sleeper;
    if (waiting != null && next >= enough) {
      LockSupport.unpark(waiting);
    }
  }

  /** How many uses found no room; called by the guest's thread. */
  long missed() {
    return missed;
  }

  /** Ends the queue, also for uses that nobody has taken; called by the guest's thread. */
  void close() {
    closed = true;
    Thread waiting = sleeper;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** What is done with a use. */
  interface Taker {
    /**
     * Takes a use.
     *
     * @param behind how many other uses have been added since
     */
    void take(long pc, long address, boolean write, long behind);
  }

  /**
   * Waits for a use and takes it; called by the other thread.
   *
   * @return false if the queue is closed
   */
  boolean next(Taker taker) {
    long at = taken.get();
    long since = ALONE ? 0 : System.nanoTime();
    while (put.get() == at && !closed) {
      if (ALONE || System.nanoTime() - since > AWAKE) {
        sleep(at);
      } else {
        Thread.onSpinWait();
      }
    }
    if (closed) {
      return false;
    }
    int place = (int) at & ROOM - 1;
    long pc = pcs[place];
    long address = addresses[place];
    boolean write = writes[place];
    taken.set(at + 1);
    taker.take(pc, address, write, put.get() - at - 1);
    return true;
  }

  /**
   * Waits until there are so many uses; called by the other thread.
   *
   * @param count not more than there is room for
   * @return false if the queue is closed
   */
  boolean await(int count) {
    while (put.get() - taken.get() < count && !closed) {
      sleep(taken.get() + count - 1);
    }
    return !closed;
  }

  /** Sleeps until more than so many uses have been added in all. */
  private void sleep(long at) {
    enough = at;
    sleeper = Thread.currentThread();
    if (put.get() <= at && !closed) {
      LockSupport.park(this);
    }
    sleeper = null;
  }
}
