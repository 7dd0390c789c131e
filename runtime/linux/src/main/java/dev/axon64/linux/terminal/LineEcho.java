package dev.axon64.linux.terminal;

/** How the line that is typed looks on the screen: its echo, and how it is erased. */
final class LineEcho {
  private final OutputSide output;
  private final TypedBytes typed;
  private boolean erasing;
  private Modes modes;

  LineEcho(OutputSide output, TypedBytes typed, Modes modes) {
    this.output = output;
    this.typed = typed;
    this.modes = modes;
  }

  void setModes(Modes now) {
    modes = now;
  }

  /** Forgets that a line is being erased. */
  void reset() {
    erasing = false;
  }

  // Echo.

  void beginLine() {
    if (typed.isLineEmpty()) {
      output.beginLine();
    }
  }

  void echo(int b) {
    if (modes.hasLocal(Modes.ECHOCTL) && OutputSide.isControl(b) && b != '\t') {
      output.echoControl(b);
    } else {
      output.echo(b);
    }
  }

  void finishErasing() {
    if (erasing) {
      output.echo('/');
      erasing = false;
    }
  }

  // Erasing.

  /** Erases a character, a word or the whole line. */
  void erase(int key) {
    if (typed.isLineEmpty()) {
      return;
    }
    boolean character = modes.is(key, Modes.VERASE);
    boolean word = !character && modes.is(key, Modes.VWERASE);
    if (!character && !word && !erasesVisibly(key)) {
      return;
    }
    boolean inWord = false;
    while (!typed.isLineEmpty()) {
      long start = typed.head();
      do {
        start--;
      } while (OutputSide.continues(typed.at(start), modes) && start != typed.lineStart());
      int b = typed.at(start);
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
      int length = (int) (typed.head() - start);
      typed.cutAt(start);
      if (modes.hasLocal(Modes.ECHO)) {
        showErased(b, length, character);
      }
      if (character) {
        break;
      }
    }
    if (typed.isLineEmpty() && modes.hasLocal(Modes.ECHO)) {
      finishErasing();
    }
  }

  /** Whether a line that is erased disappears byte by byte; if not, it is gone afterwards. */
  private boolean erasesVisibly(int key) {
    int all = Modes.ECHOK | Modes.ECHOKE | Modes.ECHOE;
    if (modes.hasLocal(Modes.ECHO) && (modes.local() & all) == all) {
      return true;
    }
    typed.cutAt(typed.lineStart());
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
        output.echo(typed.at(typed.head() + i));
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
    for (long at = typed.head() - 1; at >= typed.lineStart(); at--) {
      int b = typed.at(at);
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
}
