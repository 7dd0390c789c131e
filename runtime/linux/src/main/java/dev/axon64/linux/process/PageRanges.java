package dev.axon64.linux.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A set of addresses, kept as ranges. */
public final class PageRanges {
  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /** Adds a range. */
  public void add(long start, long size) {
    remove(start, size);
    ends.put(start, start + size);
  }

  /** Removes a range. */
  public void remove(long start, long size) {
    long end = start + size;
    Map.Entry<Long, Long> before = ends.lowerEntry(end);
    while (before != null && before.getValue() > start) {
      ends.remove(before.getKey());
      if (before.getValue() > end) {
        ends.put(end, before.getValue());
      }
      if (before.getKey() < start) {
        ends.put(before.getKey(), start);
      }
      before = ends.lowerEntry(Math.min(end, before.getKey()));
    }
  }

  /** Visits the ranges by start and size. */
  public void forEach(BiConsumer<Long, Long> visitor) {
    Map.copyOf(ends).forEach((start, end) -> visitor.accept(start, end - start));
  }

  boolean isEmpty() {
    return ends.isEmpty();
  }
}
