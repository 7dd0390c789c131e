package dev.axon64.linux.process;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Threads that wait on words of memory. */
public final class Futexes {
  /** A word: of one address space, or of what several share. */
  public record Key(Object owner, long offset) {}

  /** A waiting thread. */
  public static final class Waiter {
    private Key key;
    private final long bits;
    private boolean woken;

    Waiter(Key key, long bits) {
      this.key = key;
      this.bits = bits;
    }

    public boolean isWoken() {
      return woken;
    }
  }

  private final Map<Key, Deque<Waiter>> queues = new HashMap<>();

  /** The key of a word. */
  public static Key key(AddressSpace space, long address) {
    Mapping mapping = space.mappingAt(address);
    if (mapping != null && mapping.isShared()) {
      return new Key(mapping.backing(), mapping.offset() + address - mapping.start());
    }
    return new Key(space, address);
  }

  /** Begins to wait for a wake of any of these bits. */
  public Waiter wait(Key key, long bits) {
    Waiter waiter = new Waiter(key, bits);
    queues.computeIfAbsent(key, k -> new ArrayDeque<>()).add(waiter);
    return waiter;
  }

  /** Stops waiting. */
  public void cancel(Waiter waiter) {
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

  /** Wakes at most so many; returns how many. */
  public int wake(Key key, int most, long bits) {
    Deque<Waiter> queue = queues.get(key);
    int count = 0;
    if (queue != null) {
      Iterator<Waiter> each = queue.iterator();
      while (each.hasNext() && count < most) {
        Waiter waiter = each.next();
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

  /** Lets at most so many wait on another word; returns how many. */
  public int requeue(Key from, Key to, int most) {
    int count = 0;
    Deque<Waiter> queue = queues.get(from);
    while (queue != null && !queue.isEmpty() && count < most && !from.equals(to)) {
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
