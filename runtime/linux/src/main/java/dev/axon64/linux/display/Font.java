package dev.axon64.linux.display;

/** The one font that there is, of characters that are all of one size. */
enum Font {
  FIXED;

  static final int WIDTH = 6;
  static final int ASCENT = 10;
  static final int DESCENT = 3;
}
