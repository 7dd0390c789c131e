package dev.axon64.linux.display;

import java.util.List;

/** Puts pixels on one thing as one graphics context says. */
final class Painter {
  private final Drawable on;
  private final Picture picture;
  private final Gc gc;
  private final List<Area> clips;
  private Area touched = Area.NONE;

  Painter(Drawable on, Gc gc) {
    this.on = on;
    this.picture = on.picture();
    this.gc = gc;
    Area all = picture == null ? Area.NONE : picture.area();
    this.clips =
        gc.clipAreas == null
            ? List.of(all)
            : gc.clipAreas.stream()
                .map(area -> area.moved(gc.clipX, gc.clipY).intersect(all))
                .filter(area -> !area.isEmpty())
                .toList();
  }

  /** What can be seen of what is drawn. */
  Area bounds() {
    Area all = Area.NONE;
    for (Area clip : clips) {
      all = all.union(clip);
    }
    return all;
  }

  /** Notes what has been drawn. */
  void finish() {
    if (!touched.isEmpty()) {
      on.damage(touched);
    }
  }

  /** Fills an area as the context says. */
  void fill(Area area) {
    for (Area clip : clips) {
      Area part = area.intersect(clip);
      if (!part.isEmpty()) {
        touched = touched.union(part);
        fillWithin(part);
      }
    }
  }

  private void fillWithin(Area area) {
    if (gc.fillStyle == Gc.SOLID && gc.putsPlainly()) {
      picture.fill(area, gc.foreground & picture.mask());
      return;
    }
    for (int y = area.y(); y < area.y() + area.height(); y++) {
      for (int x = area.x(); x < area.x() + area.width(); x++) {
        ink(x, y);
      }
    }
  }

  /** Draws the pixel of the fill style. */
  private void ink(int x, int y) {
    int atX = x - gc.tileX;
    int atY = y - gc.tileY;
    if (gc.fillStyle == Gc.TILED && gc.tile != null) {
      put(x, y, gc.tile.repeated(atX, atY));
    } else if (gc.fillStyle >= Gc.STIPPLED && gc.stipple != null) {
      if (gc.stipple.repeated(atX, atY) != 0) {
        put(x, y, gc.foreground);
      } else if (gc.fillStyle == Gc.OPAQUE) {
        put(x, y, gc.background);
      }
    } else {
      put(x, y, gc.foreground);
    }
  }

  /** Puts a color on a pixel that is within the clip areas. */
  private void put(int x, int y, int color) {
    if (gc.clipMask != null) {
      int maskX = x - gc.clipX;
      int maskY = y - gc.clipY;
      if (!gc.clipMask.area().holds(maskX, maskY)
          || gc.clipMask.pixels[maskY * gc.clipMask.width + maskX] == 0) {
        return;
      }
    }
    int at = y * picture.width + x;
    picture.pixels[at] = gc.combine(color, picture.pixels[at]) & picture.mask();
  }

  /** A row of colors. */
  interface Row {
    /** The color at a place of the target. */
    int at(int x, int y);
  }

  /** Puts colors on an area. */
  void colors(Area area, Row source) {
    for (Area clip : clips) {
      Area part = area.intersect(clip);
      touched = touched.union(part);
      for (int y = part.y(); y < part.y() + part.height(); y++) {
        for (int x = part.x(); x < part.x() + part.width(); x++) {
          put(x, y, source.at(x, y));
        }
      }
    }
  }

  /**
   * Puts colors on an area.
   *
   * @param source colors of the area's first row, then of the others
   * @param start of the first
   * @param stride from one row to the next
   */
  void image(Area area, int[] source, int start, int stride) {
    if (!gc.putsPlainly()) {
      colors(area, (x, y) -> source[start + (y - area.y()) * stride + x - area.x()]);
      return;
    }
    for (Area clip : clips) {
      Area part = area.intersect(clip);
      touched = touched.union(part);
      for (int y = part.y(); y < part.y() + part.height(); y++) {
        int from = start + (y - area.y()) * stride + part.x() - area.x();
        int to = y * picture.width + part.x();
        System.arraycopy(source, from, picture.pixels, to, part.width());
      }
    }
  }
}
