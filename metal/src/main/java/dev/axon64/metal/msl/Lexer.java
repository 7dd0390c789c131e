package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits shader text into preprocessing tokens; comments and line continuations vanish here. */
final class Lexer {
  private static final String[] PUNCTUATION = {
    "<<=", ">>=", "...", "->*", "##", "::", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=",
    "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="
  };
  private static final int MOST_TOKENS = 4_000_000;

  private final String text;
  private final String file;
  private int at;
  private int line = 1;
  private int lineBegins;
  private boolean lineStart = true;
  private boolean spaced;

  private Lexer(String text, String file) {
    this.text = text;
    this.file = file;
  }

  /** All tokens of {@code text}, the last one of kind END. */
  static List<Token> tokens(String text, String file) {
    return new Lexer(text, file).all();
  }

  private List<Token> all() {
    List<Token> tokens = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (at >= text.length()) {
        tokens.add(new Token(Token.Kind.END, "", pos(), true, true, Set.of()));
        return tokens;
      }
      if (tokens.size() >= MOST_TOKENS) {
        throw pos().error("more than " + MOST_TOKENS + " tokens; split the file");
      }
      Pos pos = pos();
      int begin = at;
      Token.Kind kind = scan(pos);
      String content = text.substring(begin, at);
      if (content.indexOf('\\') >= 0 && kind != Token.Kind.STRING) {
        content = content.replace("\\\r\n", "").replace("\\\n", "");
      }
      tokens.add(new Token(kind, content.intern(), pos, lineStart, spaced, Set.of()));
      lineStart = false;
      spaced = false;
    }
  }

  private Pos pos() {
    return new Pos(file, line, at - lineBegins + 1);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  private void newline() {
    at++;
    line++;
    lineBegins = at;
  }

  private boolean splice() {
    if (peek(0) == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
      at += peek(1) == '\r' ? 2 : 1;
      newline();
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        newline();
        lineStart = true;
        spaced = true;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b || c == 0xfeff) {
        at++;
        spaced = true;
      } else if (c == '/' && peek(1) == '/') {
        while (at < text.length() && text.charAt(at) != '\n') {
          if (!splice()) {
            at++;
          }
        }
      } else if (c == '/' && peek(1) == '*') {
        blockComment();
      } else if (!splice()) {
        return;
      }
    }
  }

  private void blockComment() {
    Pos begin = pos();
    at += 2;
    while (!(peek(0) == '*' && peek(1) == '/')) {
      if (at >= text.length()) {
        throw begin.error("this comment is never closed; add */");
      }
      if (text.charAt(at) == '\n') {
        newline();
      } else {
        at++;
      }
    }
    at += 2;
    spaced = true;
  }

  private Token.Kind scan(Pos pos) {
    char c = peek(0);
    if (isNameStart(c)) {
      while (isNameStart(peek(0)) || isDigit(peek(0)) || splice()) {
        if (isNameStart(peek(0)) || isDigit(peek(0))) {
          at++;
        }
      }
      return Token.Kind.NAME;
    }
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      number();
      return Token.Kind.NUMBER;
    }
    if (c == '"' || c == '\'') {
      quoted(c, pos);
      return c == '"' ? Token.Kind.STRING : Token.Kind.CHARACTER;
    }
    for (String punctuation : PUNCTUATION) {
      if (text.startsWith(punctuation, at)) {
        at += punctuation.length();
        return Token.Kind.PUNCTUATION;
      }
    }
    if ("+-*/%&|^~!<>=?:;,.(){}[]#".indexOf(c) < 0) {
      throw pos.error("the character " + show(c) + " does not belong in a shader; remove it");
    }
    at++;
    return Token.Kind.PUNCTUATION;
  }

  private void number() {
    char last = 0;
    while (true) {
      char c = peek(0);
      boolean sign = (c == '+' || c == '-') && "eEpP".indexOf(last) >= 0 && last != 0;
      boolean hex = text.startsWith("0x", numberBegin) || text.startsWith("0X", numberBegin);
      if (sign && hex && (last == 'e' || last == 'E')) {
        return;
      }
      boolean separator = c == '\'' && isNamePart(peek(1));
      if (!(isNamePart(c) || c == '.' || sign || separator)) {
        return;
      }
      if (last == 0) {
        numberBegin = at;
      }
      last = c;
      at++;
    }
  }

  private int numberBegin;

  private void quoted(char quote, Pos pos) {
    at++;
    while (peek(0) != quote) {
      if (at >= text.length() || peek(0) == '\n') {
        throw pos.error("this quotation is never closed; add " + quote);
      }
      at += peek(0) == '\\' && at + 1 < text.length() && peek(1) != '\n' ? 2 : 1;
    }
    at++;
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String show(char c) {
    return c > ' ' && c < 0x7f ? "'" + c + "'" : String.format("U+%04X", (int) c);
  }
}
