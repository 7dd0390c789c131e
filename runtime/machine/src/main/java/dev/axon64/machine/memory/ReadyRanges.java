package dev.axon64.machine.memory;

import java.util.Map;
import java.util.TreeMap;

/** The ranges of pages of a space that may be accessed at once in one way. */
final class ReadyRanges {
  /** Addresses have no sign; no range goes on at address 0. */
  private final TreeMap<Long, MemoryRange> byStart = new TreeMap<>(Long::compareUnsigned);

  /** The range of an address; one of no addresses if its page is not ready. */
  MemoryRange at(long address) {
    MemoryRange range = containing(address);
    return range == null ? MemoryRange.NONE : range;
  }

  private MemoryRange containing(long address) {
    Map.Entry<Long, MemoryRange> floor = byStart.floorEntry(address);
    return floor != null && floor.getValue().contains(address) ? floor.getValue() : null;
  }

  /**
   * Adds a page.
   *
   * @param address of its first byte
   * @param delta from there to where the byte lies
   */
  void add(long address, long delta) {
    MemoryRange known = containing(address);
    if (known != null) {
      if (known.delta == delta) {
        return;
      }
      remove(address);
    }
    Map.Entry<Long, MemoryRange> floor = byStart.lowerEntry(address);
    MemoryRange before = floor == null ? null : floor.getValue();
    long next = address + Page.SIZE;
    MemoryRange after = next == 0 ? null : byStart.get(next);
    boolean joinsBefore = before != null && before.end() == address && before.delta == delta;
    boolean joinsAfter = after != null && after.delta == delta;
    if (joinsBefore && joinsAfter) {
      join(before, after);
    } else if (joinsBefore) {
      before.setEnd(next);
    } else if (joinsAfter) {
      extendDown(after, address);
    } else {
      byStart.put(address, new MemoryRange(address, next, delta));
    }
  }

  /** Joins two ranges with the page between them; who holds the larger goes on with it. */
  private void join(MemoryRange before, MemoryRange after) {
    if (before.length >= after.length) {
      long end = after.end();
      byStart.remove(after.start);
      after.close();
      before.setEnd(end);
    } else {
      long start = before.start;
      byStart.remove(start);
      before.close();
      extendDown(after, start);
    }
  }

  private void extendDown(MemoryRange range, long start) {
    long end = range.end();
    byStart.remove(range.start);
    range.start = start;
    range.setEnd(end);
    byStart.put(start, range);
  }

  /** Removes a page, if it is there. */
  void remove(long address) {
    MemoryRange range = containing(address);
    if (range == null) {
      return;
    }
    long end = range.end();
    if (address + Page.SIZE != end) {
      byStart.put(address + Page.SIZE, new MemoryRange(address + Page.SIZE, end, range.delta));
    }
    if (range.start == address) {
      byStart.remove(address);
      range.close();
    } else {
      range.setEnd(address);
    }
  }

  /** Removes all pages. */
  void clear() {
    byStart.values().forEach(MemoryRange::close);
    byStart.clear();
  }
}
