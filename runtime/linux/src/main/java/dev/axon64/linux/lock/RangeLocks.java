package dev.axon64.linux.lock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The locked ranges of one file: those of an owner do not overlap, and join where they are alike.
 */
final class RangeLocks {
  private final List<Range> ranges = new ArrayList<>();

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** The first range that keeps somebody from setting this one; null if none does. */
  Range conflict(Range wanted) {
    return ranges.stream()
        .filter(wanted::conflicts)
        .min(Comparator.comparingLong(Range::start))
        .orElse(null);
  }

  /** All who keep somebody from setting a range. */
  Set<Object> blockers(Range wanted) {
    Set<Object> owners = new HashSet<>();
    ranges.stream().filter(wanted::conflicts).forEach(range -> owners.add(range.owner()));
    return owners;
  }

  /** Sets a range, which replaces what its owner has there. */
  void set(Range range) {
    clear(range);
    long start = range.start();
    long end = range.end();
    for (Range other : List.copyOf(ranges)) {
      boolean alike = other.owner() == range.owner() && other.exclusive() == range.exclusive();
      if (alike && other.start() <= end && start <= other.end()) {
        start = Math.min(start, other.start());
        end = Math.max(end, other.end());
        ranges.remove(other);
      }
    }
    ranges.add(range.part(start, end));
  }

  /** Takes away what the owner of a range has there. */
  void clear(Range range) {
    for (Range other : List.copyOf(ranges)) {
      if (other.owner() == range.owner() && other.overlaps(range)) {
        ranges.remove(other);
        if (other.start() < range.start()) {
          ranges.add(other.part(other.start(), range.start()));
        }
        if (other.end() > range.end()) {
          ranges.add(other.part(range.end(), other.end()));
        }
      }
    }
  }

  /** Takes away all that an owner has; returns whether there was anything. */
  boolean clearAll(Object owner) {
    return ranges.removeIf(range -> range.owner() == owner);
  }

  /** The parts of a range that nobody has locked. */
  List<Range> gaps(Range within) {
    List<Range> gaps = new ArrayList<>(List.of(within));
    for (Range range : ranges) {
      List<Range> left = new ArrayList<>();
      for (Range gap : gaps) {
        if (!gap.overlaps(range)) {
          left.add(gap);
          continue;
        }
        if (gap.start() < range.start()) {
          left.add(gap.part(gap.start(), range.start()));
        }
        if (gap.end() > range.end()) {
          left.add(gap.part(range.end(), gap.end()));
        }
      }
      gaps = left;
    }
    return gaps;
  }
}
