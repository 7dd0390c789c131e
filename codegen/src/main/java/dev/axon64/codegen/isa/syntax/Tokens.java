package dev.axon64.codegen.isa.syntax;

import java.util.List;

/** A cursor over a file's tokens. */
final class Tokens {
  private static final int DEEPEST = 64;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /**
   * Goes one level down, as every nested construct does; {@link #leave} goes back.
   *
   * @throws dev.axon64.codegen.support.InputException at a depth that no spec needs and that would
   *     exhaust the stack
   */
  void enter() {
    if (++depth > DEEPEST) {
      throw peek().at().error("more than " + DEEPEST + " parts in one another; use let");
    }
  }

  /** Goes up by a number of levels. */
  void leave(int levels) {
    depth -= levels;
  }

  boolean atEnd() {
    return peek().kind() == Token.Kind.END;
  }

  boolean at(String symbol) {
    return peek().is(symbol);
  }

  boolean accept(String symbol) {
    if (at(symbol)) {
      next();
      return true;
    }
    return false;
  }

  Position expect(String symbol) {
    Token token = next();
    if (!token.is(symbol)) {
      throw token.at().error("'" + symbol + "' is missing before " + token.shown());
    }
    return token.at();
  }

  Token expect(Token.Kind kind, String what) {
    Token token = next();
    if (token.kind() != kind) {
      throw token.at().error(what + " is missing before " + token.shown());
    }
    return token;
  }

  String name(String what) {
    return expect(Token.Kind.NAME, what).text();
  }

  /** A number as a literal: decimal, {@code 0x} or {@code 0b}; up to 64 bits. */
  static long number(Token token) {
    String text = token.text().replace("_", "");
    try {
      if (text.startsWith("0x")) {
        return Long.parseUnsignedLong(text.substring(2), 16);
      }
      if (text.startsWith("0b")) {
        return Long.parseUnsignedLong(text.substring(2), 2);
      }
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw token
          .at()
          .error("'" + token.text() + "' is no number of up to 64 bits; write 12, 0x1f or 0b101");
    }
  }
}
