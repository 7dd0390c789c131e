package dev.axon64.linux.display;

/** Draws characters of the one font. */
final class Text {
  /** Columns of a glyph. */
  private static final int PIXELS = 5;

  private final Painter painter;
  private final Gc gc;

  Text(Drawable on, Gc gc) {
    this.painter = new Painter(on, gc);
    this.gc = gc;
  }

  /**
   * Draws characters that stand on a line.
   *
   * @return how many pixels they take
   */
  int draw(int[] characters, int x, int y) {
    for (int i = 0; i < characters.length; i++) {
      int[] rows = Glyphs.rows(characters[i]);
      int top = y - Glyphs.ABOVE;
      for (int row = 0; row < rows.length; row++) {
        for (int column = 0; column < PIXELS; column++) {
          if ((rows[row] >> PIXELS - 1 - column & 1) != 0) {
            painter.fill(new Area(x + i * Font.WIDTH + column, top + row, 1, 1));
          }
        }
      }
    }
    return characters.length * Font.WIDTH;
  }

  /** The same on a ground of the background's color. */
  void drawOpaque(int[] characters, int x, int y) {
    int height = Font.ASCENT + Font.DESCENT;
    Area ground = new Area(x, y - Font.ASCENT, characters.length * Font.WIDTH, height);
    painter.colors(ground, (atX, atY) -> gc.background);
    draw(characters, x, y);
  }

  void finish() {
    painter.finish();
  }
}
