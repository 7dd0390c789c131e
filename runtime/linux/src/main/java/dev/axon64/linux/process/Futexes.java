package dev.axon64.linux.process;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** The threads that wait on words of memory (futex). */
public final class Futexes {
  /**
   * The identity of a word that threads wait on.
   *
   * @param owner its address space, or what several address spaces map
   * @param offset its address, or its place in what is mapped
   */
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

  /** Wakes at most {@code most} threads that wait for any of these bits; returns how many. */
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

  /** Moves at most {@code most} threads to another word; returns how many. */
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
