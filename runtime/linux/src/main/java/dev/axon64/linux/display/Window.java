package dev.axon64.linux.display;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rectangle on the screen, or in another window. */
final class Window implements Drawable {
  /** A property's value. */
  record Property(int type, int format, byte[] value) {}

  final Desktop desktop;
  final int id;
  final int depth;
  final boolean inputOnly;
  Window parent;
  int x;
  int y;
  int width;
  int height;
  int border;
  int borderPixel;
  boolean mapped;
  boolean overridesRedirect;

  /** What it is filled with where nothing is drawn: a color, a picture, or neither. */
  boolean hasBackground;

  int background;
  Picture backgroundTile;
  boolean sharesBackground;

  int doNotPropagate;
  int cursor;
  int colormap;
  int bitGravity;
  int winGravity = 1;

  /** From the lowest to the highest. */
  final List<Window> children = new ArrayList<>();

  /** The events that clients want to be told. */
  final Map<Client, Integer> masks = new LinkedHashMap<>();

  final Map<Integer, Property> properties = new LinkedHashMap<>();
  private Picture picture;

  Window(Desktop desktop, int id, Window parent, Area place, int depth, boolean inputOnly) {
    this.desktop = desktop;
    this.id = id;
    this.parent = parent;
    this.x = place.x();
    this.y = place.y();
    this.width = place.width();
    this.height = place.height();
    this.depth = depth;
    this.inputOnly = inputOnly;
  }

  @Override
  public Picture picture() {
    return picture;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int depth() {
    return depth;
  }

  /** Whether it is on the screen, perhaps behind others. */
  boolean isViewable() {
    for (Window at = this; at != null; at = at.parent) {
      if (!at.mapped) {
        return false;
      }
      if (at == desktop.root) {
        return true;
      }
    }
    return false;
  }

  /** Where its pixels begin on the screen. */
  int rootX() {
    return parent == null ? 0 : parent.rootX() + x + border;
  }

  int rootY() {
    return parent == null ? 0 : parent.rootY() + y + border;
  }

  Area area() {
    return new Area(0, 0, width, height);
  }

  /** It with its border, in its parent. */
  Area outer() {
    return new Area(x, y, width + 2 * border, height + 2 * border);
  }

  boolean isWithin(Window other) {
    for (Window at = this; at != null; at = at.parent) {
      if (at == other) {
        return true;
      }
    }
    return false;
  }

  int wanted() {
    return masks.values().stream().reduce(0, (a, b) -> a | b);
  }

  /** Makes its pixels, filled with its background, if it has none of its size. */
  boolean realize() {
    if (inputOnly || picture != null && picture.width == width && picture.height == height) {
      return false;
    }
    Picture made = new Picture(desktop.budget, width, height, depth);
    Picture old = picture;
    picture = made;
    clear(area());
    if (old != null) {
      keep(old);
      old.free();
    }
    return true;
  }

  private void keep(Picture old) {
    int columns = Math.min(width, old.width);
    for (int row = 0; row < Math.min(height, old.height); row++) {
      System.arraycopy(old.pixels, row * old.width, picture.pixels, row * width, columns);
    }
  }

  /** Fills an area with the background. */
  void clear(Area wanted) {
    Area area = wanted.intersect(area());
    if (picture == null || area.isEmpty()) {
      return;
    }
    Window from = this;
    while (from.sharesBackground && from.parent != null) {
      from = from.parent;
    }
    if (from.backgroundTile != null) {
      picture.tile(area, from.backgroundTile, from.rootX() - rootX(), from.rootY() - rootY());
    } else if (from.hasBackground) {
      picture.fill(area, from.background);
    }
    damage(area);
  }

  @Override
  public void damage(Area area) {
    if (isViewable()) {
      desktop.compositor.damage(this, area);
    }
  }

  /** Notes that the place where it is must be shown anew. */
  void damagePlace() {
    if (parent != null && parent.isViewable()) {
      desktop.compositor.damage(parent, outer());
    }
  }

  /** Lets go of its pictures. */
  void free() {
    picture = Picture.exchange(picture, null);
    backgroundTile = Picture.exchange(backgroundTile, null);
  }

  /** How many windows it is in. */
  int level() {
    return parent == null ? 0 : parent.level() + 1;
  }

  /** How many windows are within one another in it. */
  int nesting() {
    int highest = 0;
    for (Window child : children) {
      highest = Math.max(highest, 1 + child.nesting());
    }
    return highest;
  }
}
