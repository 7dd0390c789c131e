package dev.axon64.linux.display;

import java.util.Arrays;

/** Pixels in memory, which counts against a budget until everybody has let go of them. */
final class Picture {
  final int width;
  final int height;
  final int depth;
  final int[] pixels;

  /** How many pixels all pictures of a display may have. */
  static final class Budget {
    private long left = 32L << 20;

    private void take(long count) {
      if (count > left) {
        throw new XError(XError.ALLOC, 0);
      }
      left -= count;
    }
  }

  private final Budget budget;
  private int holders = 1;

  /** Black pixels; fails with an Alloc error if there is no memory for them. */
  Picture(Budget budget, int width, int height, int depth) {
    budget.take((long) width * height);
    this.budget = budget;
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.pixels = new int[width * height];
  }

  Area area() {
    return new Area(0, 0, width, height);
  }

  /** The bits that a pixel has. */
  int mask() {
    return depth >= 32 ? -1 : (1 << depth) - 1;
  }

  /** Takes part in holding a picture in place of another; each may be null. */
  static Picture exchange(Picture old, Picture next) {
    if (next != null) {
      next.holders++;
    }
    if (old != null) {
      old.free();
    }
    return next;
  }

  /** Lets go of it. */
  void free() {
    if (--holders == 0) {
      budget.left += (long) width * height;
    }
  }

  /** Fills an area within it. */
  void fill(Area area, int color) {
    for (int y = area.y(); y < area.y() + area.height(); y++) {
      int from = y * width + area.x();
      Arrays.fill(pixels, from, from + area.width(), color);
    }
  }

  /** Fills an area within it with copies of another picture, one of which is at a place. */
  void tile(Area area, Picture tile, int atX, int atY) {
    for (int y = area.y(); y < area.y() + area.height(); y++) {
      for (int x = area.x(); x < area.x() + area.width(); x++) {
        pixels[y * width + x] = tile.repeated(x - atX, y - atY);
      }
    }
  }

  /** A pixel of endless copies side by side. */
  int repeated(int x, int y) {
    return pixels[Math.floorMod(y, height) * width + Math.floorMod(x, width)];
  }
}
