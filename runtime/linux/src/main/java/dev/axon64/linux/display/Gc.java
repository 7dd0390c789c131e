package dev.axon64.linux.display;

import java.util.List;

/** How something is drawn (a graphics context). */
final class Gc {
  static final int SOLID = 0;
  static final int TILED = 1;
  static final int STIPPLED = 2;
  static final int OPAQUE = 3;

  private static final int COPY = 3;
  private static final int COMPONENTS = 23;

  int function = COPY;
  int planes = -1;
  int foreground;
  int background = 1;
  int lineWidth;
  int lineStyle;
  int capStyle = 1;
  int joinStyle;
  int fillStyle = SOLID;
  int fillRule;
  int arcMode = 1;
  Picture tile;
  Picture stipple;
  int tileX;
  int tileY;
  int font;
  int subwindowMode;
  boolean exposes = true;
  int clipX;
  int clipY;
  Picture clipMask;
  List<Area> clipAreas;
  int dashOffset;
  int dashes = 4;

  /** Whether pixels are put as they are. */
  boolean putsPlainly() {
    return function == COPY && planes == -1 && clipMask == null;
  }

  /** What becomes of a pixel of which another is drawn. */
  int combine(int source, int old) {
    int result =
        switch (function) {
          case 0 -> 0;
          case 1 -> source & old;
          case 2 -> source & ~old;
          case 3 -> source;
          case 4 -> ~source & old;
          case 5 -> old;
          case 6 -> source ^ old;
          case 7 -> source | old;
          case 8 -> ~source & ~old;
          case 9 -> ~source ^ old;
          case 10 -> ~old;
          case 11 -> source | ~old;
          case 12 -> ~source;
          case 13 -> ~source | old;
          case 14 -> ~source | ~old;
          default -> -1;
        };
    return result & planes | old & ~planes;
  }

  /** Sets the components that a mask names, in the order of their bits. */
  void set(int mask, Request request, Resources resources) {
    for (int bit = 0; bit < COMPONENTS; bit++) {
      if ((mask >>> bit & 1) != 0) {
        set(bit, request.i32(), resources);
      }
    }
  }

  private void set(int component, int value, Resources resources) {
    switch (component) {
      case 0 -> function = value & 15;
      case 1 -> planes = value;
      case 2 -> foreground = value;
      case 3 -> background = value;
      case 4 -> lineWidth = value & 0xffff;
      case 5 -> lineStyle = value;
      case 6 -> capStyle = value;
      case 7 -> joinStyle = value;
      case 8 -> fillStyle = value & 3;
      case 9 -> fillRule = value;
      case 10 -> tile = Picture.exchange(tile, resources.pixmap(value).picture());
      case 11 -> stipple = Picture.exchange(stipple, bitmap(value, resources));
      case 12 -> tileX = (short) value;
      case 13 -> tileY = (short) value;
      case 14 -> {
        resources.checkFont(value);
        font = value;
      }
      case 15 -> subwindowMode = value;
      case 16 -> exposes = (value & 1) != 0;
      case 17 -> clipX = (short) value;
      case 18 -> clipY = (short) value;
      case 19 -> {
        Picture mask = value == 0 ? null : bitmap(value, resources);
        clip(mask, null);
      }
      case 20 -> dashOffset = value;
      case 21 -> dashes = value;
      default -> arcMode = value;
    }
  }

  private static Picture bitmap(int id, Resources resources) {
    Picture picture = resources.pixmap(id).picture();
    if (picture.depth != 1) {
      throw new XError(XError.MATCH, id);
    }
    return picture;
  }

  /** Takes components from another. */
  void copy(Gc from, int mask) {
    for (int bit = 0; bit < COMPONENTS; bit++) {
      if ((mask >>> bit & 1) != 0) {
        copyOne(from, bit);
      }
    }
  }

  private void copyOne(Gc from, int component) {
    switch (component) {
      case 0 -> function = from.function;
      case 1 -> planes = from.planes;
      case 2 -> foreground = from.foreground;
      case 3 -> background = from.background;
      case 4 -> lineWidth = from.lineWidth;
      case 5 -> lineStyle = from.lineStyle;
      case 6 -> capStyle = from.capStyle;
      case 7 -> joinStyle = from.joinStyle;
      case 8 -> fillStyle = from.fillStyle;
      case 9 -> fillRule = from.fillRule;
      case 10 -> tile = Picture.exchange(tile, from.tile);
      case 11 -> stipple = Picture.exchange(stipple, from.stipple);
      case 12 -> tileX = from.tileX;
      case 13 -> tileY = from.tileY;
      case 14 -> font = from.font;
      case 15 -> subwindowMode = from.subwindowMode;
      case 16 -> exposes = from.exposes;
      case 17 -> clipX = from.clipX;
      case 18 -> clipY = from.clipY;
      case 19 -> clip(from.clipMask, from.clipAreas);
      case 20 -> dashOffset = from.dashOffset;
      case 21 -> dashes = from.dashes;
      default -> arcMode = from.arcMode;
    }
  }

  /** Draws within a bitmap or rectangles only; both may be null. */
  void clip(Picture mask, List<Area> areas) {
    clipMask = Picture.exchange(clipMask, mask);
    clipAreas = areas;
  }

  /** Lets go of the pictures. */
  void free() {
    tile = Picture.exchange(tile, null);
    stipple = Picture.exchange(stipple, null);
    clip(null, null);
  }
}
