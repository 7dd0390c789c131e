package dev.axon64.linux.terminal;

import dev.axon64.linux.abi.Signals;
import java.util.function.IntConsumer;

/**
 * The input half of a terminal's line discipline: edits the line that is typed, echoes it, makes
 * signals of control characters and keeps what programs have not read. It does as Linux's N_TTY
 * does, whose sizes it has, too.
 */
final class LineDiscipline {
  private final OutputSide output;
  private final IntConsumer signals;
  private final TypedBytes typed = new TypedBytes();
  private final LineEcho echo;
  private boolean literal;
  private Modes modes;

  /**
   * @param signals sends a signal to the processes in the foreground
   */
  LineDiscipline(OutputSide output, Modes modes, IntConsumer signals) {
    this.output = output;
    this.modes = modes;
    this.signals = signals;
    this.echo = new LineEcho(output, typed, modes);
  }

  /** Changes the modes; what was typed in another kind of mode can be read at once. */
  void setModes(Modes now) {
    int kinds = Modes.ICANON | Modes.EXTPROC;
    if (((modes.local() ^ now.local()) & kinds) != 0) {
      typed.tellLines(now.hasLocal(Modes.ICANON));
      echo.reset();
      literal = false;
    }
    modes = now;
    echo.setModes(now);
  }

  private boolean readsLines() {
    return modes.hasLocal(Modes.ICANON) && !modes.hasLocal(Modes.EXTPROC);
  }

  /** Forgets what has not been read. */
  void flush() {
    typed.clear();
    echo.reset();
    literal = false;
  }

  // Typing.

  /** Takes bytes that are typed as far as there is room, and returns how many. */
  int receive(byte[] from, int offset, int length) {
    int done = 0;
    while (done < length && typed.makeRoom(modes.hasLocal(Modes.ICANON))) {
      receive(from[offset + done++] & 0xff);
    }
    return done;
  }

  private void receive(int key) {
    int b = modes.hasInput(Modes.ISTRIP) ? key & 0x7f : key;
    if (modes.hasInput(Modes.IUCLC) && modes.hasLocal(Modes.IEXTEN)) {
      b = Character.toLowerCase(b);
    }
    if (literal) {
      literal = false;
      ordinary(b, true);
    } else if (modes.hasLocal(Modes.EXTPROC)) {
      typed.add(b);
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
      echo.echo(b);
    }
    return true;
  }

  /** Sends a signal, and forgets what was typed and written before unless the modes say no. */
  private void interrupt(int signal) {
    signals.accept(signal);
    if (!modes.hasLocal(Modes.NOFLSH)) {
      output.flush();
      flush();
      output.inputFlushed();
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
      echo.erase(b);
    } else if (modes.is(b, Modes.VLNEXT) && extended) {
      literal = true;
      if (echoes) {
        echo.finishErasing();
        if (modes.hasLocal(Modes.ECHOCTL)) {
          output.echo('^');
          output.echo('\b');
        }
      }
    } else if (modes.is(b, Modes.VREPRINT) && echoes && extended) {
      echo.finishErasing();
      echo.echo(b);
      output.echo('\n');
      for (long at = typed.lineStart(); at < typed.head(); at++) {
        echo.echo(typed.at(at));
      }
    } else if (b == '\n') {
      if (echoes || modes.hasLocal(Modes.ECHONL)) {
        output.echo('\n');
      }
      typed.endLine(b);
    } else if (modes.is(b, Modes.VEOF)) {
      typed.endLine(0);
    } else if (modes.is(b, Modes.VEOL) || modes.is(b, Modes.VEOL2) && extended) {
      if (echoes) {
        echo.beginLine();
        echo.echo(b);
      }
      mark(b);
      typed.endLine(b);
    } else {
      return false;
    }
    return true;
  }

  /** Lets what was typed of a line be read, since nothing follows. */
  void finishLine() {
    if (readsLines() && !typed.isLineEmpty()) {
      typed.endLine(0);
    }
  }

  private void ordinary(int b, boolean isLiteral) {
    if (output.isStopped() && modes.hasInput(Modes.IXON) && modes.hasInput(Modes.IXANY)) {
      output.start();
    }
    if (modes.hasLocal(Modes.ECHO)) {
      echo.finishErasing();
      if (b == '\n' && !isLiteral) {
        output.echo(b);
      } else {
        echo.beginLine();
        echo.echo(b);
      }
    }
    mark(b);
    typed.add(b);
  }

  /** Doubles a byte that would else begin the mark of an error. */
  private void mark(int b) {
    if (b == 0xff && modes.hasInput(Modes.PARMRK)) {
      typed.add(b);
    }
  }

  // Reading.

  /** Whether a read of so many bytes is answered by what was typed. */
  boolean canRead(int length) {
    if (readsLines()) {
      return typed.hasLine();
    }
    return typed.count() >= Math.max(1, Math.min(length, modes.character(Modes.VMIN)));
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
    return time != 0 && typed.count() > 0 ? time : Integer.MAX_VALUE;
  }

  /** Bytes that can be read at once. */
  int available() {
    return readsLines() ? typed.countOfLines() : typed.count();
  }

  /** Reads, at most to a line's end if lines are edited, and returns how many bytes. */
  int read(byte[] to, int offset, int length) {
    return readsLines() ? typed.readLine(to, offset, length) : typed.read(to, offset, length);
  }

  /** All bytes that have not been read. */
  byte[] unread() {
    return typed.all();
  }
}
