package dev.axon64.linux.display;

import java.util.Arrays;

/** Draws lines, polygons and arcs by the areas that they are made of. */
final class Shapes {
  private static final int WINDING = 1;
  private static final int PIE_SLICE = 1;

  /** Sixty-fourths of a degree in a circle. */
  private static final int CIRCLE = 360 * 64;

  private final Painter painter;
  private final Gc gc;
  private final Area bounds;

  Shapes(Painter painter, Gc gc) {
    this.painter = painter;
    this.gc = gc;
    this.bounds = painter.bounds();
  }

  void point(int x, int y) {
    painter.fill(new Area(x, y, 1, 1));
  }

  /** A line with its ends. */
  void line(double x1, double y1, double x2, double y2) {
    if (gc.lineWidth > 1) {
      wide(x1, y1, x2, y2);
      return;
    }
    if (y1 == y2) {
      int left = (int) Math.min(x1, x2);
      painter.fill(new Area(left, (int) y1, (int) Math.abs(x2 - x1) + 1, 1));
      return;
    }
    thin(x1, y1, x2, y2);
  }

  /** Steps along the longer side, over what can be seen of it. */
  private void thin(double x1, double y1, double x2, double y2) {
    boolean steep = Math.abs(y2 - y1) > Math.abs(x2 - x1);
    double from = steep ? y1 : x1;
    double to = steep ? y2 : x2;
    double across = steep ? x1 : y1;
    double slope = to == from ? 0 : ((steep ? x2 : y2) - across) / (to - from);
    int low = steep ? bounds.y() : bounds.x();
    int high = low + (steep ? bounds.height() : bounds.width()) - 1;
    int first = Math.max(low, (int) Math.min(from, to));
    int last = Math.min(high, (int) Math.max(from, to));
    for (int at = first; at <= last; at++) {
      int other = (int) Math.floor(across + (at - from) * slope + 0.5);
      point(steep ? other : at, steep ? at : other);
    }
  }

  private void wide(double x1, double y1, double x2, double y2) {
    double length = Math.max(Math.hypot(x2 - x1, y2 - y1), 1e-9);
    double half = gc.lineWidth / 2.0;
    double dx = (x2 - x1) / length * half;
    double dy = (y2 - y1) / length * half;
    polygon(
        new double[] {x1 - dy, x2 - dy, x2 + dy, x1 + dy},
        new double[] {y1 + dx, y2 + dx, y2 - dx, y1 - dx});
    if (gc.lineWidth > 2 && gc.capStyle == 2) {
      dot(x1, y1, half);
      dot(x2, y2, half);
    }
  }

  private void dot(double x, double y, double half) {
    int size = (int) (2 * half);
    fillArc(new Area((int) (x - half), (int) (y - half), size, size), 0, CIRCLE);
  }

  void rectangle(Area r) {
    int right = r.x() + r.width();
    int bottom = r.y() + r.height();
    line(r.x(), r.y(), right, r.y());
    line(r.x(), bottom, right, bottom);
    line(r.x(), r.y(), r.x(), bottom);
    line(right, r.y(), right, bottom);
  }

  /** Fills a polygon, row by row at the middles of the pixels. */
  void polygon(double[] xs, double[] ys) {
    double top = Arrays.stream(ys).min().orElse(0);
    double bottom = Arrays.stream(ys).max().orElse(0);
    int first = Math.max(bounds.y(), (int) Math.floor(top));
    int last = Math.min(bounds.y() + bounds.height() - 1, (int) Math.ceil(bottom));
    long[] crossings = new long[xs.length];
    for (int row = first; row <= last; row++) {
      int count = crossings(xs, ys, row + 0.5, crossings);
      Arrays.sort(crossings, 0, count);
      int winding = 0;
      for (int i = 0; i + 1 < count; i++) {
        winding += (crossings[i] & 1) != 0 ? 1 : -1;
        boolean inside = gc.fillRule == WINDING ? winding != 0 : (i & 1) == 0;
        int left = (int) (crossings[i] >> 1);
        int right = (int) (crossings[i + 1] >> 1);
        if (inside && right > left) {
          painter.fill(new Area(left, row, right - left, 1));
        }
      }
    }
  }

  /** Where edges cross a row: twice the first pixel behind it, and 1 more if it goes down. */
  private static int crossings(double[] xs, double[] ys, double row, long[] to) {
    int count = 0;
    for (int i = 0; i < xs.length; i++) {
      int next = i + 1 == xs.length ? 0 : i + 1;
      boolean down = ys[i] <= row && ys[next] > row;
      boolean up = ys[next] <= row && ys[i] > row;
      if (down || up) {
        double x = xs[i] + (row - ys[i]) / (ys[next] - ys[i]) * (xs[next] - xs[i]);
        to[count++] = (long) Math.ceil(x - 0.5) * 2 + (down ? 1 : 0);
      }
    }
    return count;
  }

  /**
   * Draws a part of an ellipse.
   *
   * @param start sixty-fourths of a degree, counterclockwise from three o'clock
   * @param extent the same, from there on
   */
  void arc(Area box, int start, int extent) {
    double[][] points = points(box, start, extent, 0);
    for (int i = 0; i + 1 < points[0].length; i++) {
      line(
          Math.rint(points[0][i]),
          Math.rint(points[1][i]),
          Math.rint(points[0][i + 1]),
          Math.rint(points[1][i + 1]));
    }
  }

  void fillArc(Area box, int start, int extent) {
    boolean whole = Math.abs(extent) >= CIRCLE;
    int middle = !whole && gc.arcMode == PIE_SLICE ? 1 : 0;
    double[][] points = points(box, start, extent, middle);
    if (middle == 1) {
      points[0][points[0].length - 1] = box.x() + box.width() / 2.0;
      points[1][points[1].length - 1] = box.y() + box.height() / 2.0;
    }
    polygon(points[0], points[1]);
  }

  /** Points along a part of an ellipse, and room for some more. */
  private static double[][] points(Area box, int start, int extent, int more) {
    int angle = Math.clamp(extent, -CIRCLE, CIRCLE);
    int size = Math.min(1000, Math.max(box.width(), box.height()));
    int steps = Math.max(2, (int) ((8 + size) * (double) Math.abs(angle) / CIRCLE));
    double[][] points = new double[2][steps + 1 + more];
    for (int i = 0; i <= steps; i++) {
      double at = Math.toRadians((start + (double) angle * i / steps) / 64);
      points[0][i] = box.x() + box.width() / 2.0 * (1 + Math.cos(at));
      points[1][i] = box.y() + box.height() / 2.0 * (1 - Math.sin(at));
    }
    return points;
  }
}
