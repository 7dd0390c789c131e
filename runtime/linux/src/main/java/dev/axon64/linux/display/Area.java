package dev.axon64.linux.display;

/** A rectangle of pixels; it is empty if it has no width or no height. */
public record Area(int x, int y, int width, int height) {
  static final Area NONE = new Area(0, 0, 0, 0);

  public boolean isEmpty() {
    return width <= 0 || height <= 0;
  }

  /** What both have. */
  Area intersect(Area other) {
    int left = Math.max(x, other.x);
    int top = Math.max(y, other.y);
    int right = Math.min(x + width, other.x + other.width);
    int bottom = Math.min(y + height, other.y + other.height);
    return right <= left || bottom <= top ? NONE : new Area(left, top, right - left, bottom - top);
  }

  /** The smallest that holds both. */
  Area union(Area other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    int left = Math.min(x, other.x);
    int top = Math.min(y, other.y);
    int right = Math.max(x + width, other.x + other.width);
    int bottom = Math.max(y + height, other.y + other.height);
    return new Area(left, top, right - left, bottom - top);
  }

  Area moved(int right, int down) {
    return new Area(x + right, y + down, width, height);
  }

  boolean holds(int atX, int atY) {
    return atX >= x && atY >= y && atX < x + width && atY < y + height;
  }
}
