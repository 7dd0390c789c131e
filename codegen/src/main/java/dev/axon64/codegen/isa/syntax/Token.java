package dev.axon64.codegen.isa.syntax;

/** A word of the language; a string's text comes without its quotes. */
record Token(Kind kind, String text, Position at) {
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
  }

  /** The token as messages show it. */
  String shown() {
    return kind == Kind.END ? "the end" : "'" + text + "'";
  }
}
