package dev.axon64.propose.online;

import java.util.ArrayList;
import java.util.List;

/**
 * How many instructions and traps there were at points in time; in long runs points are dropped.
 */
final class TrapSeries {
  private static final int MOST_POINTS = 2000;
  private static final long FIRST_STEP = 5_000_000;

  /** Totals at a time in nanoseconds since the start. */
  record Point(long nanoseconds, long instructions, long traps) {}

  private final List<Point> points = new ArrayList<>(List.of(new Point(0, 0, 0)));
  private long step = FIRST_STEP;
  private long next = FIRST_STEP;

  /** Whether a point is due. */
  boolean due(long nanoseconds) {
    return nanoseconds >= next;
  }

  void add(long nanoseconds, long instructions, long traps) {
    points.add(new Point(nanoseconds, instructions, traps));
    if (points.size() > MOST_POINTS) {
      for (int i = points.size() - 2; i > 0; i -= 2) {
        points.remove(i);
      }
      step *= 2;
    }
    next = nanoseconds + step;
  }

  List<Point> points() {
    return List.copyOf(points);
  }
}
