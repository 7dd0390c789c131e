package dev.axon64.metal.msl;

import java.util.Set;

/**
 * One preprocessing token.
 *
 * @param lineStart true for the first token of a line, where a directive may begin
 * @param spaced true if white space stands before it
 * @param hidden names of the macros whose expansion made it, which must not expand in it again
 */
record Token(
    Kind kind, String text, Pos pos, boolean lineStart, boolean spaced, Set<String> hidden) {
  enum Kind {
    NAME,
    NUMBER,
    CHARACTER,
    STRING,
    PUNCTUATION,
    END
  }

  boolean is(String wanted) {
    return (kind == Kind.PUNCTUATION || kind == Kind.NAME) && text.equals(wanted);
  }

  boolean isName() {
    return kind == Kind.NAME;
  }

  Token hiding(Set<String> names) {
    return new Token(kind, text, pos, lineStart, spaced, names);
  }

  Token at(Pos place, boolean afterSpace) {
    return new Token(kind, text, place, false, afterSpace, hidden);
  }

  String describe() {
    return kind == Kind.END ? "the end of the file" : "'" + text + "'";
  }
}
