package dev.axon64.metal.msl;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A place in a list of tokens, the names in scope there, and the small steps of parsing. */
final class TokenCursor {
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
      List<Token> copy = new ArrayList<>(tokens);
      Token rest =
          new Token(
              token.kind(), token.text().substring(1), token.pos(), false, false, token.hidden());
      copy.set(at, rest);
      tokens = copy;
      return;
    }
    expect(">", "to close the template arguments");
  }

  /** Takes a name; {@code what} says in a message whose. */
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

  /** An error at the next token. */
  InputException error(String what) {
    return peek().pos().error(what);
  }

  /** Counts a level of nesting and refuses too many; {@link #leave} must follow. */
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

  /** Reads other tokens in a new scope just within the file's, then returns to this place. */
  <T> T reading(List<Token> others, Supplier<T> action) {
    enter();
    List<Token> outerTokens = tokens;
    int outerAt = at;
    Scope outerScope = scope;
    tokens = others;
    at = 0;
    while (scope.outer != null) {
      scope = scope.outer;
    }
    openScope();
    T result = action.get();
    scope = outerScope;
    at = outerAt;
    tokens = outerTokens;
    leave();
    return result;
  }

  /** Skips all {@code [[...]]} and {@code __attribute__((...))} that stand here. */
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

  /** Skips a braced block. */
  void skipBlock() {
    int begin = at;
    int open = 0;
    do {
      Token token = next();
      open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      if (token.kind() == Token.Kind.END) {
        throw tokens.get(begin).pos().error("this block is never closed; add }");
      }
    } while (open > 0);
  }

  /** Copies the tokens from {@code begin} to here, with an end behind them. */
  List<Token> copyFrom(int begin) {
    List<Token> copy = new ArrayList<>(tokens.subList(begin, at));
    copy.add(new Token(Token.Kind.END, "", peek().pos(), true, true, Set.of()));
    return copy;
  }
}
