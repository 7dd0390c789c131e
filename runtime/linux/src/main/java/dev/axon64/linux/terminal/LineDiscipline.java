package dev.axon64.linux.terminal;

import dev.axon64.linux.abi.Signals;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * The input half of a terminal's line discipline: edits the line that is typed, echoes it, makes
 * signals of control characters and keeps what programs have not read. It does as Linux's N_TTY
 * does, whose sizes it has, too.
 */
final class LineDiscipline {
  private static final int SIZE = 4096;
  private static final int MASK = SIZE - 1;

  private final OutputSide output;
  private final IntConsumer signals;
  private final byte[] buffer = new byte[SIZE];

  /** Where lines end. */
  private final BitSet ends = new BitSet(SIZE);

  /** Positions in all that was ever typed: the next byte, the next to be read, the line's start. */
  private long head;

  private long tail;
  private long line;
  private boolean erasing;
  private boolean literal;
  private Modes modes;

  /**
   * @param signals sends a signal to the processes in the foreground
   */
  LineDiscipline(OutputSide output, Modes modes, IntConsumer signals) {
    this.output = output;
    this.modes = modes;
    this.signals = signals;
  }

  /** Changes the modes; what was typed in another kind of mode can be read at once. */
  void setModes(Modes now) {
    int kinds = Modes.ICANON | Modes.EXTPROC;
    if (((modes.local() ^ now.local()) & kinds) != 0) {
      ends.clear();
      if (!now.hasLocal(Modes.ICANON) || head == tail) {
        line = tail;
      } else {
        ends.set((int) (head - 1) & MASK);
        line = head;
      }
      erasing = false;
      literal = false;
    }
    modes = now;
  }

  private boolean readsLines() {
    return modes.hasLocal(Modes.ICANON) && !modes.hasLocal(Modes.EXTPROC);
  }

  /** Forgets what has not been read. */
  void flush() {
    head = 0;
    tail = 0;
    line = 0;
    ends.clear();
    erasing = false;
    literal = false;
  }

  // Typing.

  /** Takes bytes that are typed as far as there is room, and returns how many. */
  int receive(byte[] from, int offset, int length) {
    int done = 0;
    while (done < length) {
      long room = SIZE - (head - tail) - 1;
      if (room <= 0) {
        boolean overflow = modes.hasLocal(Modes.ICANON) && line == tail;
        if (!overflow) {
          break;
        }
        if (room < 0) {
          head--; // the last byte of a line that is too long makes room, at last for its end
        }
      }
      receive(from[offset + done++] & 0xff);
    }
    return done;
  }

  private void receive(int typed) {
    int b = modes.hasInput(Modes.ISTRIP) ? typed & 0x7f : typed;
    if (modes.hasInput(Modes.IUCLC) && modes.hasLocal(Modes.IEXTEN)) {
      b = Character.toLowerCase(b);
    }
    if (literal) {
      literal = false;
      ordinary(b, true);
    } else if (modes.hasLocal(Modes.EXTPROC)) {
      put(b);
    } else if (!controlsFlow(b) && !signals(b)) {
      b = newLine(b);
      if (b >= 0 && !(modes.hasLocal(Modes.ICANON) && edits(b))) {
        ordinary(b, false);
      }
    }
  }

  private boolean controlsFlow(int b) {
    if (modes.hasInput(Modes.IXON)) {
      if (modes.is(b, Modes.VSTART)) {
        output.start();
        return true;
      }
      if (modes.is(b, Modes.VSTOP)) {
        output.stop();
        return true;
      }
    }
    return false;
  }

  private boolean signals(int b) {
    if (!modes.hasLocal(Modes.ISIG)) {
      return false;
    }
    int signal =
        modes.is(b, Modes.VINTR)
            ? Signals.SIGINT
            : modes.is(b, Modes.VQUIT)
                ? Signals.SIGQUIT
                : modes.is(b, Modes.VSUSP) ? Signals.SIGTSTP : 0;
    if (signal == 0) {
      return false;
    }
    interrupt(signal);
    if (modes.hasInput(Modes.IXON)) {
      output.start();
    }
    if (modes.hasLocal(Modes.ECHO)) {
      echo(b);
    }
    return true;
  }

  /** Sends a signal, and forgets what was typed and written before unless the modes say no. */
  void interrupt(int signal) {
    signals.accept(signal);
    if (!modes.hasLocal(Modes.NOFLSH)) {
      output.flush();
      flush();
    }
  }

  /** What a new line or a carriage return is turned into; -1 for nothing. */
  private int newLine(int b) {
    if (output.isStopped() && modes.hasInput(Modes.IXON) && modes.hasInput(Modes.IXANY)) {
      output.start();
    }
    if (b == '\r') {
      return modes.hasInput(Modes.IGNCR) ? -1 : modes.hasInput(Modes.ICRNL) ? '\n' : b;
    }
    return b == '\n' && modes.hasInput(Modes.INLCR) ? '\r' : b;
  }

  /** Does what a byte does to the line that is typed; false if it is an ordinary byte of it. */
  private boolean edits(int b) {
    boolean extended = modes.hasLocal(Modes.IEXTEN);
    boolean echoes = modes.hasLocal(Modes.ECHO);
    if (modes.is(b, Modes.VERASE)
        || modes.is(b, Modes.VKILL)
        || modes.is(b, Modes.VWERASE) && extended) {
      erase(b);
    } else if (modes.is(b, Modes.VLNEXT) && extended) {
      literal = true;
      if (echoes) {
        finishErasing();
        if (modes.hasLocal(Modes.ECHOCTL)) {
          output.echo('^');
          output.echo('\b');
        }
      }
    } else if (modes.is(b, Modes.VREPRINT) && echoes && extended) {
      finishErasing();
      echo(b);
      output.echo('\n');
      for (long at = line; at < head; at++) {
        echo(at(at));
      }
    } else if (b == '\n') {
      if (echoes || modes.hasLocal(Modes.ECHONL)) {
        output.echo('\n');
      }
      endLine(b);
    } else if (modes.is(b, Modes.VEOF)) {
      endLine(0);
    } else if (modes.is(b, Modes.VEOL) || modes.is(b, Modes.VEOL2) && extended) {
      if (echoes) {
        beginLine();
        echo(b);
      }
      mark(b);
      endLine(b);
    } else {
      return false;
    }
    return true;
  }

  private void endLine(int b) {
    ends.set((int) head & MASK);
    put(b);
    line = head;
  }

  /** Lets what was typed of a line be read, since nothing follows. */
  void finishLine() {
    if (readsLines() && head != line) {
      endLine(0);
    }
  }

  private void ordinary(int b, boolean isLiteral) {
    if (output.isStopped() && modes.hasInput(Modes.IXON) && modes.hasInput(Modes.IXANY)) {
      output.start();
    }
    if (modes.hasLocal(Modes.ECHO)) {
      finishErasing();
      if (b == '\n' && !isLiteral) {
        output.echo(b);
      } else {
        beginLine();
        echo(b);
      }
    }
    mark(b);
    put(b);
  }

  /** Doubles a byte that would else begin the mark of an error. */
  private void mark(int b) {
    if (b == 0xff && modes.hasInput(Modes.PARMRK)) {
      put(b);
    }
  }

  private void put(int b) {
    buffer[(int) head & MASK] = (byte) b;
    head++;
  }

  private int at(long position) {
    return buffer[(int) position & MASK] & 0xff;
  }

  // Echo.

  private void beginLine() {
    if (head == line) {
      output.beginLine();
    }
  }

  private void echo(int b) {
    if (modes.hasLocal(Modes.ECHOCTL) && OutputSide.isControl(b) && b != '\t') {
      output.echoControl(b);
    } else {
      output.echo(b);
    }
  }

  private void finishErasing() {
    if (erasing) {
      output.echo('/');
      erasing = false;
    }
  }

  // Erasing.

  /** Erases a character, a word or the whole line. */
  private void erase(int key) {
    if (head == line) {
      return;
    }
    boolean character = modes.is(key, Modes.VERASE);
    boolean word = !character && modes.is(key, Modes.VWERASE);
    if (!character && !word && !erasesVisibly(key)) {
      return;
    }
    boolean inWord = false;
    while (head != line) {
      long start = head;
      do {
        start--;
      } while (OutputSide.continues(at(start), modes) && start != line);
      int b = at(start);
      if (OutputSide.continues(b, modes)) {
        break; // no part of a character
      }
      if (word) {
        if (isOfWord(b)) {
          inWord = true;
        } else if (inWord) {
          break;
        }
      }
      int length = (int) (head - start);
      head = start;
      if (modes.hasLocal(Modes.ECHO)) {
        showErased(b, length, character);
      }
      if (character) {
        break;
      }
    }
    if (head == line && modes.hasLocal(Modes.ECHO)) {
      finishErasing();
    }
  }

  /** Whether a line that is erased disappears byte by byte; if not, it is gone afterwards. */
  private boolean erasesVisibly(int key) {
    int all = Modes.ECHOK | Modes.ECHOKE | Modes.ECHOE;
    if (modes.hasLocal(Modes.ECHO) && (modes.local() & all) == all) {
      return true;
    }
    head = line;
    if (modes.hasLocal(Modes.ECHO)) {
      finishErasing();
      echo(key);
      if (modes.hasLocal(Modes.ECHOK)) {
        output.echo('\n');
      }
    }
    return false;
  }

  /** As Linux's isalnum, for which bytes are Latin-1. */
  private static boolean isOfWord(int b) {
    return b == '_' || Character.isLetterOrDigit(b) && (b < 0x80 || b >= 0xc0);
  }

  private void showErased(int b, int length, boolean character) {
    if (modes.hasLocal(Modes.ECHOPRT)) {
      if (!erasing) {
        output.echo('\\');
        erasing = true;
      }
      echo(b);
      for (int i = 1; i < length; i++) {
        output.echo(at(head + i));
      }
    } else if (character && !modes.hasLocal(Modes.ECHOE)) {
      echo(modes.character(Modes.VERASE));
    } else if (b == '\t') {
      eraseTab();
    } else {
      boolean control = OutputSide.isControl(b);
      boolean shown = modes.hasLocal(Modes.ECHOCTL);
      if (control && shown) {
        blank();
      }
      if (!control || shown) {
        blank();
      }
    }
  }

  private void blank() {
    output.echo('\b');
    output.echo(' ');
    output.echo('\b');
  }

  private void eraseTab() {
    int columns = 0;
    for (long at = head - 1; at >= line; at--) {
      int b = at(at);
      if (b == '\t') {
        output.eraseTab(columns, true);
        return;
      }
      if (OutputSide.isControl(b)) {
        columns += modes.hasLocal(Modes.ECHOCTL) ? 2 : 0;
      } else {
        columns += OutputSide.continues(b, modes) ? 0 : 1;
      }
    }
    output.eraseTab(columns, false);
  }

  // Reading.

  /** Whether a read of so many bytes is answered by what was typed. */
  boolean canRead(int length) {
    if (readsLines()) {
      return line != tail;
    }
    int least = Math.max(1, Math.min(length, modes.character(Modes.VMIN)));
    return head - tail >= least;
  }

  /** Whether a program that waits for several things is told that it can read. */
  boolean isReady() {
    boolean timed = modes.character(Modes.VTIME) != 0;
    return canRead(timed ? 1 : Integer.MAX_VALUE);
  }

  /**
   * Tenths of a second that a read waits for bytes at most; {@link Integer#MAX_VALUE} without end.
   */
  int patience() {
    if (readsLines()) {
      return Integer.MAX_VALUE;
    }
    int time = modes.character(Modes.VTIME);
    if (modes.character(Modes.VMIN) == 0) {
      return time;
    }
    return time != 0 && head != tail ? time : Integer.MAX_VALUE;
  }

  /** Bytes that can be read at once. */
  int available() {
    if (!readsLines()) {
      return (int) (head - tail);
    }
    int marks = 0;
    for (long at = tail; at < line; at++) {
      marks += ends.get((int) at & MASK) && at(at) == 0 ? 1 : 0;
    }
    return (int) (line - tail) - marks;
  }

  /** Reads, at most to a line's end if lines are edited, and returns how many bytes. */
  int read(byte[] to, int offset, int length) {
    return readsLines() ? readLine(to, offset, length) : readBytes(to, offset, length);
  }

  private int readBytes(byte[] to, int offset, int length) {
    int count = (int) Math.min(length, head - tail);
    for (int i = 0; i < count; i++) {
      to[offset + i] = buffer[(int) tail++ & MASK];
    }
    return count;
  }

  private int readLine(byte[] to, int offset, int length) {
    int count = 0;
    while (count < length && tail != line) {
      if (takesEnd()) {
        return count;
      }
      boolean end = ends.get((int) tail & MASK);
      ends.clear((int) tail & MASK);
      to[offset + count++] = buffer[(int) tail++ & MASK];
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
    if (!ends.get(index) || buffer[index] != 0) {
      return false;
    }
    ends.clear(index);
    tail++;
    return true;
  }

  /** All bytes that have not been read. */
  byte[] unread() {
    byte[] all = new byte[(int) (head - tail)];
    for (int i = 0; i < all.length; i++) {
      all[i] = buffer[(int) (tail + i) & MASK];
    }
    return all;
  }
}
