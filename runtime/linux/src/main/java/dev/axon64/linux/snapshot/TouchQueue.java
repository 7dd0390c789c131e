package dev.axon64.linux.snapshot;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** First uses of pages, from the guest's thread to one other. A full queue forgets what comes. */
final class TouchQueue {
  private static final int ROOM = 1 << 10;

  /** How long the other thread looks for more before it sleeps. */
  private static final long AWAKE = 200_000;

  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

  private final long[] pcs = new long[ROOM];
  private final long[] addresses = new long[ROOM];
  private final boolean[] writes = new boolean[ROOM];
  private final AtomicLong put = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private volatile Thread sleeper;

  /** The sleeper is woken when more than so many have been added in all. */
  private volatile long enough;

  private volatile boolean closed;
  private long missed;

  /** The guest's thread: adds one if there is room. */
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

  /** The guest's thread: how many found no room. */
  long missed() {
    return missed;
  }

  /** The guest's thread: no more come; the other stops without looking at the rest. */
  void close() {
    closed = true;
    Thread waiting = sleeper;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** Takes one. */
  interface Taker {
    /**
     * Takes it.
     *
     * @param behind how many more there are already
     */
    void take(long pc, long address, boolean write, long behind);
  }

  /**
   * The other thread: waits for one and takes it.
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
   * The other thread: waits until there are so many.
   *
   * @param count at most what there is room for
   * @return false if the queue is closed
   */
  boolean await(int count) {
    while (put.get() - taken.get() < count && !closed) {
      sleep(taken.get() + count - 1);
    }
    return !closed;
  }

  /** Until more than so many have been added in all. */
  private void sleep(long at) {
    enough = at;
    sleeper = Thread.currentThread();
    if (put.get() <= at && !closed) {
      LockSupport.park(this);
    }
    sleeper = null;
  }
}
