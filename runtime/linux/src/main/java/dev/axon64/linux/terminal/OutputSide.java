package dev.axon64.linux.terminal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The output half of a terminal's line discipline: changes what programs write, and what is echoed,
 * as the output modes ask, and counts columns for tabs and for erasing.
 */
final class OutputSide {
  private static final int TAB = 8;

  /** No byte becomes more than a tab of spaces. */
  private static final int LONGEST = TAB;

  private final Wire wire;
  private final byte[] one = new byte[LONGEST];
  private final ByteArrayOutputStream echoes = new ByteArrayOutputStream();
  private Modes modes;
  private int column;

  /** The column at which the line that is being typed began. */
  private int lineColumn;

  private boolean stopped;

  OutputSide(Wire wire, Modes modes) {
    this.wire = wire;
    this.modes = modes;
  }

  void setModes(Modes now) {
    modes = now;
  }

  /** Whether output has been stopped from the keyboard or by a program. */
  boolean isStopped() {
    return stopped;
  }

  void stop() {
    if (!stopped) {
      stopped = true;
      wire.stopped(true);
    }
  }

  void start() {
    if (stopped) {
      stopped = false;
      wire.stopped(false);
    }
    process();
  }

  /** Whether a byte at least could be written. */
  boolean hasRoom() {
    return !stopped && wire.room() >= LONGEST;
  }

  /** Writes bytes of a program as far as there is room, and returns how many. */
  int write(byte[] from, int offset, int length) {
    process();
    if (!modes.hasOutput(Modes.OPOST)) {
      int count = stopped ? 0 : Math.min(length, wire.room());
      wire.put(from, offset, count);
      return count;
    }
    int done = 0;
    while (done < length && hasRoom()) {
      int plain = plain(from, offset + done, length - done);
      if (plain > 0) {
        wire.put(from, offset + done, plain);
        done += plain;
      } else {
        put(from[offset + done++] & 0xff);
      }
    }
    return done;
  }

  /** How many bytes at the beginning are written as they are, each in a column of its own. */
  private int plain(byte[] from, int offset, int length) {
    if (modes.hasOutput(Modes.OLCUC) || modes.hasInput(Modes.IUTF8)) {
      return 0;
    }
    int most = Math.min(length, wire.room());
    int count = 0;
    while (count < most && !isControl(from[offset + count] & 0xff)) {
      count++;
    }
    column += count;
    return count;
  }

  static boolean isControl(int b) {
    return b < ' ' || b == 0x7f;
  }

  /** Whether a byte goes on with a character of UTF-8 that has begun before. */
  static boolean continues(int b, Modes modes) {
    return modes.hasInput(Modes.IUTF8) && (b & 0xc0) == 0x80;
  }

  private void put(int b) {
    int length = 1;
    one[0] = (byte) b;
    switch (b) {
      case '\n' -> {
        if (modes.hasOutput(Modes.ONLRET)) {
          column = 0;
        }
        if (modes.hasOutput(Modes.ONLCR)) {
          column = 0;
          one[0] = '\r';
          one[1] = '\n';
          length = 2;
        }
        lineColumn = column;
      }
      case '\r' -> {
        if (modes.hasOutput(Modes.ONOCR) && column == 0) {
          return;
        }
        boolean newLine = modes.hasOutput(Modes.OCRNL);
        one[0] = (byte) (newLine ? '\n' : '\r');
        if (!newLine || modes.hasOutput(Modes.ONLRET)) {
          column = 0;
          lineColumn = 0;
        }
      }
      case '\t' -> {
        int spaces = TAB - column % TAB;
        column += spaces;
        if ((modes.output() & Modes.TABDLY) == Modes.XTABS) {
          Arrays.fill(one, 0, spaces, (byte) ' ');
          length = spaces;
        }
      }
      case '\b' -> column = Math.max(0, column - 1);
      default -> {
        if (!isControl(b)) {
          one[0] = (byte) (modes.hasOutput(Modes.OLCUC) ? Character.toUpperCase(b) : b);
          column += continues(b, modes) ? 0 : 1;
        }
      }
    }
    if (wire.processes()) {
      one[0] = (byte) b;
      length = 1;
    }
    wire.put(one, 0, length);
  }

  // Echoes.

  /** Shows a byte that was typed, which output modes change as what programs write. */
  void echo(int b) {
    echoes.write(0);
    echoes.write(b);
    process();
  }

  /** Shows a control character as ^X. */
  void echoControl(int b) {
    echoes.write(1);
    echoes.write(b);
    process();
  }

  /** A new line of input begins at the present column. */
  void beginLine() {
    echoes.write(2);
    echoes.write(0);
    process();
  }

  /**
   * Moves back over a tab that was typed.
   *
   * @param columns that are used in front of it since another tab, or since the line's beginning
   * @param behindTab whether there is another tab in front of it
   */
  void eraseTab(int columns, boolean behindTab) {
    echoes.write(behindTab ? 4 : 3);
    echoes.write(columns % TAB);
    process();
  }

  /** What was typed has been forgotten. */
  void inputFlushed() {
    wire.inputFlushed();
  }

  /** Forgets what would be shown when output goes on. */
  void flush() {
    echoes.reset();
    wire.flush();
  }

  /** Shows what could not be shown before. */
  void process() {
    if (echoes.size() == 0 || !hasRoom()) {
      return;
    }
    byte[] all = echoes.toByteArray();
    echoes.reset();
    int at = 0;
    while (at < all.length && hasRoom()) {
      show(all[at], all[at + 1] & 0xff);
      at += 2;
    }
    echoes.write(all, at, all.length - at);
  }

  private void show(int how, int b) {
    switch (how) {
      case 0 -> {
        if (modes.hasOutput(Modes.OPOST)) {
          put(b);
        } else {
          one[0] = (byte) b;
          wire.put(one, 0, 1);
        }
      }
      case 1 -> {
        one[0] = '^';
        one[1] = (byte) (b ^ 0x40);
        wire.put(one, 0, 2);
        column += 2;
      }
      case 2 -> lineColumn = column;
      default -> {
        int back = TAB - (how == 3 ? b + lineColumn : b) % TAB;
        Arrays.fill(one, 0, back, (byte) '\b');
        wire.put(one, 0, back);
        column = Math.max(0, column - back);
      }
    }
  }
}
