package dev.axon64.codegen.emit;

import java.util.Locale;

/** An indenting writer of C-like text. */
public final class SourceWriter {
  private static final int STEP = 2;
  private final StringBuilder text = new StringBuilder();
  private int indent;

  /** Writes a line, formatted with {@link Locale#ROOT} if there are arguments. */
  public SourceWriter line(String format, Object... arguments) {
    String line = arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
    text.append(line.isEmpty() ? "" : " ".repeat(indent)).append(line).append('\n');
    return this;
  }

  /** Writes a line that ends in an opening brace, and indents what follows. */
  public SourceWriter open(String format, Object... arguments) {
    line(format.isEmpty() ? "{" : format + " {", arguments);
    indent += STEP;
    return this;
  }

  /** Writes a case's label, and indents what follows. */
  public SourceWriter label(String format, Object... arguments) {
    line(format, arguments);
    indent += STEP;
    return this;
  }

  /** Ends the lines under a label. */
  public SourceWriter endLabel() {
    indent -= STEP;
    return this;
  }

  /** Writes the closing brace of one block and the beginning of the next: {@code } else {}. */
  public SourceWriter between(String words) {
    indent -= STEP;
    return open("} %s", words);
  }

  /** Writes a closing brace, and what follows it on the line. */
  public SourceWriter close(String after) {
    indent -= STEP;
    return line("}" + after);
  }

  /** Writes the closing brace of a block. */
  public SourceWriter close() {
    return close("");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
