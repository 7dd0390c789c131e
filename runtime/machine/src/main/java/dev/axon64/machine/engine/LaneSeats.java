package dev.axon64.machine.engine;

import dev.axon64.machine.lane.LaneState;
import dev.axon64.machine.state.CpuState;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Machines whose guests are the lanes of one group. Only one of them does anything at a time, since
 * lanes borrow pages of all their memories; when all wait for their guests, the one that came last
 * executes the lanes for all.
 */
final class LaneSeats {
  /** The most instructions before it is looked whose turn is over. */
  private static final long SLICE = 1 << 18;

  private final LaneEngine lanes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger wanted = new AtomicInteger();
  private final boolean[] taken = new boolean[LaneState.LANES];

  /** The guests that are to execute, by lane; null where there is none. */
  private final CpuState[] guests = new CpuState[LaneState.LANES];

  private final long[] left = new long[LaneState.LANES];
  private final long[] executed = new long[LaneState.LANES];
  private final Stop[] stops = new Stop[LaneState.LANES];
  private int machines;
  private int waiting;

  /** What went wrong with the group, after which none of its guests goes on. */
  private RuntimeException failure;

  LaneSeats(LaneEngine lanes) {
    this.lanes = lanes;
  }

  /** How many machines have a seat or are about to take one. */
  int wanted() {
    return wanted.get();
  }

  void want() {
    wanted.incrementAndGet();
  }

  GuestPool.Seat seat() {
    lock.lock();
    int free;
    while ((free = free()) < 0) {
      changed.awaitUninterruptibly();
    }
    int lane = free;
    taken[lane] = true;
    machines++;
    return new GuestPool.Seat() {
      @Override
      public Supplier<Engine> engines() {
        return () -> engine(lane);
      }

      @Override
      public void close() {
        leave(lane);
      }
    };
  }

  private int free() {
    for (int lane = 0; lane < LaneState.LANES; lane++) {
      if (!taken[lane]) {
        return lane;
      }
    }
    return -1;
  }

  private void leave(int lane) {
    taken[lane] = false;
    machines--;
    wanted.decrementAndGet();
    runIfAllWait();
    changed.signalAll();
    lock.unlock();
  }

  private Engine engine(int lane) {
    return new Engine() {
      @Override
      public Stop run(CpuState cpu, long budget) {
        return turn(lane, cpu, budget);
      }

      @Override
      public long executed() {
        return executed[lane];
      }
    };
  }

  private Stop turn(int lane, CpuState cpu, long budget) {
    guests[lane] = cpu;
    left[lane] = budget;
    executed[lane] = 0;
    stops[lane] = null;
    waiting++;
    runIfAllWait();
    while (stops[lane] == null) {
      if (failure != null) {
        throw new IllegalStateException("the lanes of other guests failed", failure);
      }
      changed.awaitUninterruptibly();
    }
    return stops[lane];
  }

  /** Executes lanes until the turn of one of them is over. */
  private void runIfAllWait() {
    boolean over = false;
    while (failure == null && !over && waiting > 0 && waiting == machines) {
      long slice = SLICE;
      for (int lane = 0; lane < LaneState.LANES; lane++) {
        slice = guests[lane] == null ? slice : Math.min(slice, left[lane]);
      }
      Stop[] now;
      try {
        now = lanes.run(Arrays.asList(guests), slice);
      } catch (RuntimeException e) {
        failure = e;
        changed.signalAll();
        throw e;
      }
      for (int lane = 0; lane < LaneState.LANES; lane++) {
        over |= guests[lane] != null && isOver(lane, now[lane]);
      }
    }
    changed.signalAll();
  }

  private boolean isOver(int lane, Stop stop) {
    long done = lanes.executed(lane);
    executed[lane] += done;
    left[lane] -= done;
    if (stop instanceof Stop.Budget && left[lane] > 0) {
      return false;
    }
    stops[lane] = stop;
    guests[lane] = null;
    waiting--;
    return true;
  }
}
