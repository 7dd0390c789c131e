package dev.axon64.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hooks of one kind, each for a range of addresses. The list that is being called stays as it is
 * while hooks are added and removed.
 *
 * @param <H> what is called
 */
final class HookList<H> {
  /** The last address, which no range can end behind. */
  private static final long LAST = -1;

  /** One hook. The range includes both its ends. */
  final class Entry implements Hook {
    final long first;
    final long last;
    private final H hook;
    private boolean active = true;

    Entry(long first, long last, H hook) {
      this.first = first;
      this.last = last;
      this.hook = hook;
    }

    @Override
    public void remove() {
      if (active) {
        active = false;
        List<Entry> left = new ArrayList<>(entries);
        left.remove(this);
        entries = left;
        changed.run();
      }
    }

    @Override
    public boolean isActive() {
      return active;
    }

    H hook() {
      return hook;
    }

    void ifActive(Consumer<? super H> caller) {
      if (active) {
        caller.accept(hook);
      }
    }

    /** Whether it has one of these addresses; an access at the end goes on at address 0. */
    boolean meets(long from, long to) {
      return Long.compareUnsigned(from - first, last - first) <= 0
          || Long.compareUnsigned(first - from, to - from) <= 0;
    }
  }

  private final Runnable changed;
  private List<Entry> entries = List.of();

  /**
   * @param changed is called after each change
   */
  HookList(Runnable changed) {
    this.changed = changed;
  }

  /** Adds a hook for all addresses. */
  Hook add(H hook) {
    return add(new Entry(0, LAST, hook));
  }

  /**
   * Adds a hook for a range.
   *
   * @param to the first address behind it; 0 stands for 2^64
   */
  Hook add(long from, long to, H hook) {
    if (Long.compareUnsigned(from, to - 1) > 0) {
      throw new IllegalArgumentException(
          "no range of addresses: 0x%x to 0x%x; the end must be above the start"
              .formatted(from, to));
    }
    return add(new Entry(from, to - 1, hook));
  }

  private Hook add(Entry entry) {
    if (entry.hook == null) {
      throw new NullPointerException("no hook");
    }
    List<Entry> more = new ArrayList<>(entries);
    more.add(entry);
    entries = more;
    changed.run();
    return entry;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Entry> entries() {
    return entries;
  }

  /** Whether one is for all addresses. */
  boolean isEverywhere() {
    for (Entry entry : entries) { // asked for each instruction, so without a stream
      if (entry.first == 0 && entry.last == LAST) {
        return true;
      }
    }
    return false;
  }

  /** Calls those whose ranges have an address from {@code from} to {@code to}, both included. */
  void call(long from, long to, Consumer<? super H> caller) {
    call(entries, from, to, caller);
  }

  /** The same for those that there were at some time. */
  static <H> void call(List<HookList<H>.Entry> of, long from, long to, Consumer<? super H> caller) {
    for (HookList<H>.Entry entry : of) {
      if (entry.active && entry.meets(from, to)) {
        caller.accept(entry.hook);
      }
    }
  }

  /** Whether any has an address in a range that includes both its ends. */
  boolean meet(long from, long to) {
    for (Entry entry : entries) {
      if (entry.meets(from, to)) {
        return true;
      }
    }
    return false;
  }
}
