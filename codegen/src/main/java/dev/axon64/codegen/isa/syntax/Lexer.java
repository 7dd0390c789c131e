package dev.axon64.codegen.isa.syntax;

import java.util.ArrayList;
import java.util.List;

/** Cuts a file into tokens. */
final class Lexer {
  /** All symbols, the longest first; the signed and unsigned comparisons end in a letter. */
  private static final List<String> SYMBOLS =
      List.of(
          "<=u", "<=s", ">=u", ">=s", "<u", "<s", ">u", ">s", "<<", ">>", "==", "!=", "<=", ">=",
          "&&", "||", "->", "..", "{", "}", "(", ")", "[", "]", ";", ",", ":", "=", "<", ">", "+",
          "-", "*", "/", "%", "&", "|", "^", "~", "!", "?", "@");

  private final String file;
  private final String text;
  private final Position fixed;
  private int at;
  private int line = 1;
  private int lineStart;

  Lexer(String file, String text) {
    this.file = file;
    this.text = text;
    this.fixed = null;
  }

  /** Reads a text within a file's text, whose tokens all have one position. */
  Lexer(Position at, String text) {
    this.file = at.file();
    this.text = text;
    this.fixed = at;
  }

  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (skipBlank()) {
      tokens.add(next());
    }
    tokens.add(new Token(Token.Kind.END, "", here()));
    return tokens;
  }

  private boolean skipBlank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (c == '\n') {
        at++;
        line++;
        lineStart = at;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private Token next() {
    char c = text.charAt(at);
    if (isDigit(c)) {
      return word(Token.Kind.NUMBER);
    }
    if (isLetter(c)) {
      return word(Token.Kind.NAME);
    }
    if (c == '"') {
      return string();
    }
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at) && !runsOn(symbol)) {
        Token token = new Token(Token.Kind.SYMBOL, symbol, here());
        at += symbol.length();
        return token;
      }
    }
    throw here().error("'" + c + "' does not belong to the language; remove it");
  }

  /** Whether {@code <u} is really {@code <} and a name that begins with u. */
  private boolean runsOn(String symbol) {
    int end = at + symbol.length();
    return isLetter(symbol.charAt(symbol.length() - 1))
        && end < text.length()
        && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)));
  }

  private Token word(Token.Kind kind) {
    Position start = here();
    int from = at;
    while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    return new Token(kind, text.substring(from, at), start);
  }

  private Token string() {
    Position start = here();
    int end = text.indexOf('"', at + 1);
    int newline = text.indexOf('\n', at);
    if (end < 0 || (newline >= 0 && newline < end)) {
      throw start.error("the text is not closed; end it with '\"' on the same line");
    }
    Token token = new Token(Token.Kind.STRING, text.substring(at + 1, end), start);
    at = end + 1;
    return token;
  }

  private Position here() {
    return fixed != null ? fixed : new Position(file, line, at - lineStart + 1);
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
