package dev.axon64.linux.display;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the characters of the one font look like, as glyphs.txt has them. */
final class Glyphs {
  /** Rows that stand on the line. */
  static final int ABOVE = 7;

  private static final int TITLE = 2;
  private static final int[][] ROWS = new int[128][0];

  /** A box, for characters that are not in the font. */
  private static final int[] UNKNOWN = {31, 17, 17, 17, 17, 17, 31};

  static {
    try (InputStream in = Glyphs.class.getResourceAsStream("glyphs.txt")) {
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .skip(TITLE)
          .forEach(
              line ->
                  ROWS[line.charAt(0)] =
                      Arrays.stream(line.substring(2).split(" "))
                          .mapToInt(row -> Integer.parseInt(row, 16))
                          .toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Glyphs() {}

  /** The rows of a character from above, of five pixels each, the left one highest. */
  static int[] rows(int character) {
    if (character <= ' ' || character >= 127 && character <= 160) {
      return ROWS[0];
    }
    return character < 127 ? ROWS[character] : UNKNOWN;
  }
}
