package dev.axon64.linux.terminal;

import java.util.BitSet;

/**
 * What was typed and has not been read: 4 KiB at most. Lines that are complete can be read; behind
 * them is the one that is being typed. The mark of an end of input is a zero byte at a line's end.
 */
final class TypedBytes {
  private static final int SIZE = 4096;
  private static final int MASK = SIZE - 1;

  private final byte[] bytes = new byte[SIZE];

  /** Where lines end. */
  private final BitSet ends = new BitSet(SIZE);

  /** Positions in all that was ever typed: the next byte, the next to be read, the line's start. */
  private long head;

  private long tail;
  private long line;

  /** Forgets everything. */
  void clear() {
    head = 0;
    tail = 0;
    line = 0;
    ends.clear();
  }

  /** Lines are told apart from now on, or are not any more; what is there can be read at once. */
  void tellLines(boolean apart) {
    ends.clear();
    if (!apart || head == tail) {
      line = tail;
    } else {
      ends.set((int) (head - 1) & MASK);
      line = head;
    }
  }

  /**
   * Makes room for one byte more.
   *
   * @param edits whether a line that is too long may lose its last byte
   * @return false if there is none
   */
  boolean makeRoom(boolean edits) {
    long room = SIZE - (head - tail) - 1;
    if (room > 0) {
      return true;
    }
    if (!edits || line != tail) {
      return false;
    }
    if (room < 0) {
      head--; // so that the line's end at last finds room
    }
    return true;
  }

  void add(int b) {
    bytes[(int) head & MASK] = (byte) b;
    head++;
  }

  /** Adds the last byte of a line. */
  void endLine(int b) {
    ends.set((int) head & MASK);
    add(b);
    line = head;
  }

  // The line that is being typed.

  long head() {
    return head;
  }

  long lineStart() {
    return line;
  }

  boolean isLineEmpty() {
    return head == line;
  }

  int at(long position) {
    return bytes[(int) position & MASK] & 0xff;
  }

  /** Forgets what was typed of the line from a position on. */
  void cutAt(long position) {
    head = position;
  }

  // Reading.

  boolean hasLine() {
    return line != tail;
  }

  /** How many bytes there are, lines or not. */
  int count() {
    return (int) (head - tail);
  }

  /** How many bytes complete lines have. */
  int countOfLines() {
    int marks = 0;
    for (long at = tail; at < line; at++) {
      marks += ends.get((int) at & MASK) && at(at) == 0 ? 1 : 0;
    }
    return (int) (line - tail) - marks;
  }

  int read(byte[] to, int offset, int length) {
    int count = (int) Math.min(length, head - tail);
    for (int i = 0; i < count; i++) {
      to[offset + i] = bytes[(int) tail++ & MASK];
    }
    return count;
  }

  /** Reads at most to a line's end. */
  int readLine(byte[] to, int offset, int length) {
    int count = 0;
    while (count < length && tail != line) {
      if (takesEnd()) {
        return count;
      }
      boolean end = ends.get((int) tail & MASK);
      ends.clear((int) tail & MASK);
      to[offset + count++] = bytes[(int) tail++ & MASK];
      if (end) {
        return count;
      }
    }
    if (tail != line) {
      takesEnd();
    }
    return count;
  }

  /** Whether the next byte is only the mark of an end, which is then taken. */
  private boolean takesEnd() {
    int index = (int) tail & MASK;
    if (!ends.get(index) || bytes[index] != 0) {
      return false;
    }
    ends.clear(index);
    tail++;
    return true;
  }

  /** All bytes. */
  byte[] all() {
    byte[] all = new byte[count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes[(int) (tail + i) & MASK];
    }
    return all;
  }
}
