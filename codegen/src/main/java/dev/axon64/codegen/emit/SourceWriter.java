package dev.axon64.codegen.emit;

import java.util.Locale;

/** An indenting writer of C-like text. */
public final class SourceWriter {
  private static final int STEP = 2;
  private final StringBuilder text = new StringBuilder();
  private int indent;

  /** A line, formatted with {@link Locale#ROOT} if there are arguments. */
  public SourceWriter line(String format, Object... arguments) {
    String line = arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
    text.append(line.isEmpty() ? "" : " ".repeat(indent)).append(line).append('\n');
    return this;
  }

  /** A line ending in an opening brace; what follows is indented. */
  public SourceWriter open(String format, Object... arguments) {
    line(format.isEmpty() ? "{" : format + " {", arguments);
    indent += STEP;
    return this;
  }

  /** A case's label; what follows it is indented. */
  public SourceWriter label(String format, Object... arguments) {
    line(format, arguments);
    indent += STEP;
    return this;
  }

  /** The end of what a label begins. */
  public SourceWriter endLabel() {
    indent -= STEP;
    return this;
  }

  /** The closing brace of one block and the beginning of the next: {@code } else {}. */
  public SourceWriter between(String words) {
    indent -= STEP;
    return open("} %s", words);
  }

  /** The closing brace, perhaps with what follows it on the line. */
  public SourceWriter close(String after) {
    indent -= STEP;
    return line("}" + after);
  }

  /** The closing brace of a block. */
  public SourceWriter close() {
    return close("");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
