package dev.axon64.linux.display;

/** Puts the pixels of all windows together to what the screen shows. */
final class Compositor {
  private final Desktop desktop;
  private final Screen screen;
  private Area damaged = Area.NONE;

  Compositor(Desktop desktop, Screen screen) {
    this.desktop = desktop;
    this.screen = screen;
  }

  /** Notes that an area of a window that is on the screen looks different. */
  void damage(Window window, Area area) {
    Area shown = area;
    for (Window at = window; at.parent != null && !shown.isEmpty(); at = at.parent) {
      shown = shown.intersect(at.area()).moved(at.x + at.border, at.y + at.border);
    }
    damaged = damaged.union(shown.intersect(desktop.root.area()));
  }

  /** Shows what has changed. */
  void show() {
    if (damaged.isEmpty()) {
      return;
    }
    Area area = damaged;
    damaged = Area.NONE;
    screen.change(area, pixels -> draw(desktop.root, pixels, screen.width(), 0, 0, area));
  }

  /** The pixels of an area of a window with all that is in it. */
  static int[] look(Window window, Area area) {
    int[] pixels = new int[area.width() * area.height()];
    Area clip = new Area(0, 0, area.width(), area.height());
    draw(window, pixels, area.width(), -area.x(), -area.y(), clip);
    return pixels;
  }

  /** Draws the part of a window whose pixels begin at a place, and of its children. */
  private static void draw(Window window, int[] to, int stride, int atX, int atY, Area clip) {
    Picture picture = window.picture();
    Area inner = clip.intersect(new Area(atX, atY, window.width, window.height));
    if (inner.isEmpty()) {
      return;
    }
    if (picture != null) {
      int columns = Math.min(inner.width(), picture.width - (inner.x() - atX));
      int rows = Math.min(inner.height(), picture.height - (inner.y() - atY));
      for (int row = 0; columns > 0 && row < rows; row++) {
        int from = (inner.y() - atY + row) * picture.width + inner.x() - atX;
        int target = (inner.y() + row) * stride + inner.x();
        System.arraycopy(picture.pixels, from, to, target, columns);
      }
    }
    for (Window child : window.children) {
      if (child.mapped && !child.inputOnly) {
        border(child, to, stride, atX, atY, inner);
        int x = atX + child.x + child.border;
        draw(child, to, stride, x, atY + child.y + child.border, inner);
      }
    }
  }

  private static void border(Window window, int[] to, int stride, int atX, int atY, Area clip) {
    if (window.border == 0) {
      return;
    }
    Area inner = window.area().moved(window.x + window.border, window.y + window.border);
    Area all = window.outer().moved(atX, atY).intersect(clip);
    for (int y = all.y(); y < all.y() + all.height(); y++) {
      for (int x = all.x(); x < all.x() + all.width(); x++) {
        if (!inner.holds(x - atX, y - atY)) {
          to[y * stride + x] = window.borderPixel;
        }
      }
    }
  }
}
