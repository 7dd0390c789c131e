package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/** The threads that wait on words of memory (futex). */
public final class Futexes {
  /**
   * The identity of a word that threads wait on.
   *
   * @param owner its address space, or what several address spaces map
   * @param offset its address, or its place in what is mapped
   */
  public record Key(Object owner, long offset) {}

  /**
   * The lock that a thread is to wait for once it is moved away from the word that it waits on.
   *
   * @param address where the lock is in the thread's memory
   */
  public record Goal(Task task, Key key, long address) {}

  /** A waiting thread. */
  public static final class Waiter {
    private Key key;
    private final long bits;
    private final Goal goal;
    private boolean woken;
    private PiFutexes.Waiter moved;

    Waiter(Key key, long bits, Goal goal) {
      this.key = key;
      this.bits = bits;
      this.goal = goal;
    }

    /** Whether it has been woken, or has the lock that it was moved to. */
    public boolean isWoken() {
      return woken || moved != null && moved.owns();
    }
  }

  private final PiFutexes locks;
  private final Map<Key, Deque<Waiter>> queues = new HashMap<>();

  /**
   * Nobody waits yet.
   *
   * @param locks to which threads are moved
   */
  Futexes(PiFutexes locks) {
    this.locks = locks;
  }

  /** The identity of the word at an address. */
  public static Key key(AddressSpace space, long address) {
    Mapping mapping = space.mappingAt(address);
    if (mapping != null && mapping.isShared()) {
      return new Key(mapping.backing().identity(), mapping.offset() + address - mapping.start());
    }
    return new Key(space, address);
  }

  /** Begins to wait for a wake that has any of these bits. */
  public Waiter wait(Key key, long bits) {
    return wait(key, bits, null);
  }

  /** Begins to wait for being moved to a lock. */
  public Waiter wait(Key key, Goal goal) {
    return wait(key, -1, goal);
  }

  private Waiter wait(Key key, long bits, Goal goal) {
    Waiter waiter = new Waiter(key, bits, goal);
    queues.computeIfAbsent(key, k -> new ArrayDeque<>()).add(waiter);
    return waiter;
  }

  /** Stops waiting. */
  public void cancel(Waiter waiter) {
    if (waiter.moved != null) {
      locks.cancel(waiter.moved);
      return;
    }
    remove(waiter.key, waiter);
  }

  private void remove(Key key, Waiter waiter) {
    Deque<Waiter> queue = queues.get(key);
    if (queue != null) {
      queue.remove(waiter);
      if (queue.isEmpty()) {
        queues.remove(key);
      }
    }
  }

  /**
   * Wakes at most {@code most} threads that wait for any of these bits; returns how many. Fails
   * with EINVAL at a thread that waits for being moved to a lock.
   */
  public int wake(Key key, int most, long bits) {
    Deque<Waiter> queue = queues.get(key);
    int count = 0;
    if (queue != null) {
      Iterator<Waiter> each = queue.iterator();
      while (each.hasNext() && count < most) {
        Waiter waiter = each.next();
        checkGoal(waiter, null);
        if ((waiter.bits & bits) != 0) {
          waiter.woken = true;
          each.remove();
          count++;
        }
      }
      if (queue.isEmpty()) {
        queues.remove(key);
      }
    }
    return count;
  }

  private static void checkGoal(Waiter waiter, Key lock) {
    Key wanted = waiter.goal == null ? null : waiter.goal.key;
    if (!Objects.equals(wanted, lock)) {
      throw new SysError(Errno.EINVAL);
    }
  }

  /**
   * Lets the thread that has waited longest take a lock, or wait for it, and moves at most {@code
   * most} others to it. Fails with EINVAL at a thread that does not wait for that.
   *
   * @param threads finds a thread by number
   * @return how many threads wait on the word no more
   */
  public int requeueToLock(Key from, Key lock, int most, IntFunction<Task> threads) {
    Deque<Waiter> queue = queues.get(from);
    int count = 0;
    while (queue != null && !queue.isEmpty() && count - 1 < most) {
      Waiter waiter = queue.peek();
      checkGoal(waiter, lock);
      Goal goal = waiter.goal;
      if (count == 0 && locks.tryLock(goal.task, goal.address)) {
        waiter.woken = true;
        if (most > 0) {
          locks.expectWaiters(goal.task, goal.address);
        }
      } else if (count == 0 && most == 0) {
        break; // there is no way to take it, and none is to be moved
      } else {
        waiter.moved = locks.await(goal.task, goal.address, threads);
      }
      remove(from, waiter);
      count++;
    }
    return count;
  }

  /** Moves at most {@code most} threads to another word; returns how many. */
  public int requeue(Key from, Key to, int most) {
    int count = 0;
    Deque<Waiter> queue = queues.get(from);
    while (queue != null && !queue.isEmpty() && count < most && !from.equals(to)) {
      checkGoal(queue.peek(), null);
      Waiter waiter = queue.remove();
      waiter.key = to;
      queues.computeIfAbsent(to, k -> new ArrayDeque<>()).add(waiter);
      count++;
    }
    if (queue != null && queue.isEmpty()) {
      queues.remove(from);
    }
    return count;
  }
}
