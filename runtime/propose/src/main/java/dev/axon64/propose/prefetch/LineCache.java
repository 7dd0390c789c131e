package dev.axon64.propose.prefetch;

import java.util.Arrays;

/** A set-associative cache of lines, which evicts the least recently used line of a set. */
final class LineCache {
  /** The size of a line in bytes. */
  static final int LINE = 64;

  /** The place of a line that is not in the cache. */
  static final int MISSING = -1;

  private final int sets;
  private final int ways;
  private final long[] lines;
  private final long[] used;

  /** By place, when a prefetched line arrives; 0 for one that the program fetched itself. */
  private final long[] arrival;

  private long clock;

  /**
   * @param bytes the size of the cache, a power of two
   * @param ways the number of lines in a set
   */
  LineCache(int bytes, int ways) {
    this.sets = bytes / LINE / ways;
    this.ways = ways;
    this.lines = new long[sets * ways];
    this.used = new long[sets * ways];
    this.arrival = new long[sets * ways];
    Arrays.fill(lines, -1);
  }

  /** Finds a line's place, or {@link #MISSING}. */
  int find(long line) {
    int from = set(line);
    for (int i = from; i < from + ways; i++) {
      if (lines[i] == line) {
        return i;
      }
    }
    return MISSING;
  }

  private int set(long line) {
    return (int) (line & sets - 1) * ways;
  }

  /** Notes that the line in a place was used. */
  void touch(int place) {
    used[place] = ++clock;
  }

  /** When the line in a place arrives, if it was prefetched and not used yet; else 0. */
  long arrival(int place) {
    return arrival[place];
  }

  /** Counts the line in a place as fetched by the program from now on. */
  void claim(int place) {
    arrival[place] = 0;
  }

  /** Puts a new line in the place of the least recently used one of its set. */
  void insert(long line, long arrives) {
    int from = set(line);
    int oldest = from;
    for (int i = from + 1; i < from + ways; i++) {
      if (used[i] < used[oldest]) {
        oldest = i;
      }
    }
    lines[oldest] = line;
    arrival[oldest] = arrives;
    used[oldest] = ++clock;
  }
}
