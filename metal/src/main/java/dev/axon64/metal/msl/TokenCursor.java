package dev.axon64.metal.msl;

import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.Set;

/** A place in a token list, and the small steps that parsing takes. */
abstract class TokenCursor {
  /** Words of statements, which cannot be names. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "break",
          "case",
          "continue",
          "default",
          "do",
          "else",
          "for",
          "goto",
          "if",
          "return",
          "sizeof",
          "struct",
          "switch",
          "while");

  private static final int MOST_NESTED = 1500;

  List<Token> tokens;
  int at;
  Scope scope = new Scope(null);
  private int depth;

  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  boolean sees(String text) {
    return peek().is(text);
  }

  boolean take(String text) {
    if (sees(text)) {
      at++;
      return true;
    }
    return false;
  }

  Token expect(String text, String where) {
    if (!sees(text)) {
      throw peek()
          .pos()
          .error("'%s' expected %s, not %s".formatted(text, where, peek().describe()));
    }
    return next();
  }

  /** Takes one '>' of a template argument list, splitting '>>' if it must. */
  void expectCloseAngle() {
    Token token = peek();
    if (token.kind() == Token.Kind.PUNCTUATION
        && token.text().startsWith(">")
        && token.text().length() > 1) {
      List<Token> copy = new java.util.ArrayList<>(tokens);
      Token rest =
          new Token(
              token.kind(), token.text().substring(1), token.pos(), false, false, token.hidden());
      copy.set(at, rest);
      tokens = copy;
      return;
    }
    expect(">", "to close the template arguments");
  }

  String name(String what) {
    Token token = peek();
    if (!token.isName()) {
      throw token.pos().error("the name of %s expected, not %s".formatted(what, token.describe()));
    }
    if (KEYWORDS.contains(token.text())) {
      throw token
          .pos()
          .error("the name of %s expected, not the keyword %s".formatted(what, token.describe()));
    }
    return next().text();
  }

  InputException error(String what) {
    return peek().pos().error(what);
  }

  /** Guards recursion; pair with {@link #leave}. */
  void enter() {
    if (++depth > MOST_NESTED) {
      throw error("nested over " + MOST_NESTED + " deep; simplify");
    }
  }

  void leave() {
    depth--;
  }

  void openScope() {
    scope = new Scope(scope);
  }

  void closeScope() {
    scope = scope.outer;
  }

  /** Skips {@code [[...]]}, {@code __attribute__((...))} and {@code alignas(...)}. */
  void skipAttributes() {
    while (true) {
      if (sees("[") && peek(1).is("[")) {
        int open = 0;
        do {
          Token token = next();
          open += token.is("[") ? 1 : token.is("]") ? -1 : 0;
          if (token.kind() == Token.Kind.END) {
            throw token.pos().error("an attribute is never closed; add ]]");
          }
        } while (open > 0);
      } else if (sees("__attribute__")) {
        next();
        skipParentheses();
      } else {
        return;
      }
    }
  }

  void skipParentheses() {
    int open = 0;
    do {
      Token token = next();
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (token.kind() == Token.Kind.END || (open == 0 && !token.is(")"))) {
        throw token.pos().error("')' expected, not " + token.describe());
      }
    } while (open > 0);
  }

  /** Takes a braced block as raw tokens, braces included. */
  List<Token> rawBlock() {
    int begin = at;
    int open = 0;
    do {
      Token token = next();
      open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      if (token.kind() == Token.Kind.END) {
        throw tokens.get(begin).pos().error("this block is never closed; add }");
      }
    } while (open > 0);
    return tokens.subList(begin, at);
  }
}
