package dev.axon64.linux.display;

/** Something that can be drawn on. */
interface Drawable {
  /** Where its pixels are; null if it is a window that nobody has seen yet. */
  Picture picture();

  int width();

  int height();

  int depth();

  /** Notes that pixels have changed. */
  void damage(Area area);
}
