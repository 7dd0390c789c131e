package dev.axon64.linux.display;

/** A picture that is not shown. */
record Pixmap(Picture picture) implements Drawable {
  @Override
  public int width() {
    return picture.width;
  }

  @Override
  public int height() {
    return picture.height;
  }

  @Override
  public int depth() {
    return picture.depth;
  }

  @Override
  public void damage(Area area) {}
}
