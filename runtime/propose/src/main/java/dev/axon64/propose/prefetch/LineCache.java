package dev.axon64.propose.prefetch;

import java.util.Arrays;

/** A set-associative cache of lines; the least recently used of a set is driven out first. */
final class LineCache {
  /** Bytes of a line. */
  static final int LINE = 64;

  /** Returned where a line is not there. */
  static final int MISSING = -1;

  private final int sets;
  private final int ways;
  private final long[] lines;
  private final long[] used;

  /** When a line that was fetched ahead arrives; 0 for one that the program fetched itself. */
  private final long[] arrival;

  private long clock;

  /**
   * @param bytes in all; a power of two
   * @param ways lines of a set
   */
  LineCache(int bytes, int ways) {
    this.sets = bytes / LINE / ways;
    this.ways = ways;
    this.lines = new long[sets * ways];
    this.used = new long[sets * ways];
    this.arrival = new long[sets * ways];
    Arrays.fill(lines, -1);
  }

  /** A line's place, or {@link #MISSING}. */
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

  /** The line in a place was used. */
  void touch(int place) {
    used[place] = ++clock;
  }

  /** When what is in a place arrives, if it was fetched ahead and not used yet; else 0. */
  long arrival(int place) {
    return arrival[place];
  }

  /** From now on the line in a place counts as the program's own. */
  void claim(int place) {
    arrival[place] = 0;
  }

  /** Puts a line that is not there in the place of the least recently used. */
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
