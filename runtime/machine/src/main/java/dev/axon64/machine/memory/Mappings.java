package dev.axon64.machine.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The mapped ranges of one address space: disjoint, sorted, and joined where they are alike. */
final class Mappings {
  /** Addresses have no sign; an end of 0 is that of the last page of 64-bit addresses. */
  private final TreeMap<Long, Mapping> byStart = new TreeMap<>(Long::compareUnsigned);

  private long bytes;

  /** The mapping of an address, or null. */
  Mapping at(long address) {
    Map.Entry<Long, Mapping> floor = byStart.floorEntry(address);
    return floor != null && floor.getValue().contains(address) ? floor.getValue() : null;
  }

  /** All mappings, by address. */
  List<Mapping> all() {
    return List.copyOf(byStart.values());
  }

  /** The number of mapped bytes. */
  long bytes() {
    return bytes;
  }

  int count() {
    return byStart.size();
  }

  /** The parts of mappings that lie in a range. */
  List<Mapping> within(long start, long end) {
    List<Mapping> parts = new ArrayList<>();
    Mapping first = at(start);
    if (first != null) {
      parts.add(first.part(start, firstOf(end, first.end())));
    }
    for (Mapping next : byStart.subMap(start, false, end - 1, true).values()) {
      parts.add(next.part(next.start(), firstOf(end, next.end())));
    }
    return parts;
  }

  private static long firstOf(long end, long other) {
    return Long.compareUnsigned(end - 1, other - 1) < 0 ? end : other;
  }

  /** Removes a range, cutting the mappings that extend beyond it. Returns the removed parts. */
  List<Mapping> remove(long start, long end) {
    List<Mapping> parts = within(start, end);
    Mapping first = at(start);
    Mapping last = at(end - 1);
    for (Mapping part : parts) {
      byStart.remove(part.start());
      bytes -= part.size();
    }
    if (first != null && first.start() != start) {
      byStart.put(first.start(), first.part(first.start(), start));
    }
    if (last != null && last.end() != end) {
      byStart.put(end, last.part(end, last.end()));
    }
    return parts;
  }

  /** Adds a mapping where nothing is mapped. */
  void add(Mapping added) {
    bytes += added.size();
    Mapping joined = added;
    Map.Entry<Long, Mapping> before = byStart.lowerEntry(joined.start());
    if (before != null && before.getValue().joins(joined)) {
      joined = union(before.getValue(), joined);
    }
    Mapping after = byStart.get(joined.end());
    if (joined.end() != 0 && after != null && joined.joins(after)) {
      byStart.remove(after.start());
      joined = union(joined, after);
    }
    byStart.put(joined.start(), joined);
  }

  private static Mapping union(Mapping low, Mapping high) {
    return new Mapping(
        low.start(), high.end(), low.protection(), low.backing(), low.offset(), low.name());
  }

  /** The start of the highest gap of this size between two addresses, or -1. */
  long highestGap(long size, long floor, long ceiling) {
    long end = ceiling;
    for (Mapping mapping : byStart.headMap(ceiling, false).descendingMap().values()) {
      if (mapping.end() <= end && end - mapping.end() >= size) {
        break;
      }
      end = Math.min(end, mapping.start());
    }
    return end - floor >= size ? end - size : -1;
  }

  /**
   * The number of the {@code length} bytes from an address on that are mapped with this protection.
   */
  long accessible(long address, long length, int protection) {
    long end = address;
    while (end - address < length) {
      Mapping mapping = at(end);
      if (mapping == null || (mapping.protection() & protection) != protection) {
        break;
      }
      end = mapping.end();
    }
    return Math.min(end - address, length);
  }

  /** Whether any mapping has this backing. */
  boolean uses(Backing backing) {
    return byStart.values().stream().anyMatch(m -> m.backing() == backing);
  }
}
