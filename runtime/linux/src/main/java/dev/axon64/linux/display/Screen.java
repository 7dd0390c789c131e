package dev.axon64.linux.display;

import java.util.ArrayDeque;
import java.util.Deque;

/** The picture that a display shows. Any thread may look at it. */
public final class Screen {
  /** Changes that are remembered one by one; who looks more seldom gets the whole picture. */
  private static final int REMEMBERED = 64;

  private final int width;
  private final int height;
  private final int[] pixels;
  private final Deque<Area> changes = new ArrayDeque<>();
  private long version = 1;

  /**
   * What has changed.
   *
   * @param version to ask for what changes after this
   * @param area that has changed; empty if nothing has
   * @param pixels of that area, row by row, as 0xRRGGBB
   */
  public record Update(long version, Area area, int[] pixels) {}

  Screen(int width, int height) {
    this.width = width;
    this.height = height;
    this.pixels = new int[width * height];
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Changes pixels under the lock of this screen. */
  interface Change {
    void to(int[] pixels);
  }

  /** Changes an area. */
  synchronized void change(Area area, Change change) {
    change.to(pixels);
    version++;
    changes.addLast(area);
    if (changes.size() > REMEMBERED) {
      changes.removeFirst();
    }
    notifyAll();
  }

  /** Everything that is seen now. */
  public Update all() {
    return since(0);
  }

  /** What has changed since a version. */
  public synchronized Update since(long before) {
    Area area = before == version ? Area.NONE : new Area(0, 0, width, height);
    if (before < version && version - before <= changes.size()) {
      area = Area.NONE;
      long skipped = changes.size() - (version - before);
      for (Area change : changes) {
        area = skipped-- > 0 ? area : area.union(change);
      }
    }
    int[] copy = new int[area.width() * area.height()];
    for (int row = 0; row < area.height(); row++) {
      int from = (area.y() + row) * width + area.x();
      System.arraycopy(pixels, from, copy, row * area.width(), area.width());
    }
    return new Update(version, area, copy);
  }

  /**
   * Waits until something has changed since a version.
   *
   * @param milliseconds the longest wait
   */
  public synchronized Update await(long before, long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + milliseconds * 1_000_000;
    for (long left = milliseconds; version == before && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return since(before);
  }
}
