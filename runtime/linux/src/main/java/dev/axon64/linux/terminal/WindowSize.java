package dev.axon64.linux.terminal;

import java.nio.ByteBuffer;

/**
 * The size of a terminal's window (struct winsize).
 *
 * @param rows lines of text
 * @param columns characters of a line
 * @param width pixels, or 0 if unknown
 * @param height pixels, or 0 if unknown
 */
public record WindowSize(short rows, short columns, short width, short height) {
  /** Bytes of the structure. */
  public static final int BYTES = 8;

  /** A terminal of 24 lines of 80 characters. */
  public static final WindowSize USUAL = of(24, 80);

  /** The size that a new pseudoterminal has: unknown. */
  public static final WindowSize UNKNOWN = of(0, 0);

  /** A size in characters. */
  public static WindowSize of(int rows, int columns) {
    return new WindowSize((short) rows, (short) columns, (short) 0, (short) 0);
  }

  /** Reads the structure. */
  public static WindowSize read(ByteBuffer from) {
    return new WindowSize(from.getShort(0), from.getShort(2), from.getShort(4), from.getShort(6));
  }

  /** Writes the structure. */
  public void write(ByteBuffer to) {
    to.putShort(0, rows).putShort(2, columns).putShort(4, width).putShort(6, height);
  }
}
