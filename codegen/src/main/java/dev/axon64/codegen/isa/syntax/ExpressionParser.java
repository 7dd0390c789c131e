package dev.axon64.codegen.isa.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses expressions by precedence, loosest first as LANGUAGE.md lists them. */
final class ExpressionParser {
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("||"),
          Set.of("&&"),
          Set.of(
              "==", "!=", "<", "<=", ">", ">=", "<u", "<=u", ">u", ">=u", "<s", "<=s", ">s", ">=s"),
          Set.of("|"),
          Set.of("^"),
          Set.of("&"),
          Set.of("@"),
          Set.of("+", "-"),
          Set.of("*", "/", "%"),
          Set.of("<<", ">>"));

  /** Names that are followed by an index in brackets, not by a slice. */
  static final Set<String> ACCESSES = Set.of("X", "XSP", "V", "Mem");

  private final Tokens tokens;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Expression expression() {
    tokens.enter();
    Expression result = level(0);
    if (tokens.at("?")) {
      Position at = tokens.next().at();
      Expression yes = expression();
      tokens.expect(":");
      result = new Expression.Choice(at, result, yes, expression());
    }
    tokens.leave(1);
    return result;
  }

  private Expression level(int index) {
    if (index == LEVELS.size()) {
      return unary();
    }
    Expression left = level(index + 1);
    int chain = 0;
    while (tokens.peek().kind() == Token.Kind.SYMBOL
        && LEVELS.get(index).contains(tokens.peek().text())) {
      Token operator = tokens.next();
      tokens.enter();
      chain++;
      left = new Expression.Binary(operator.at(), operator.text(), left, level(index + 1));
    }
    tokens.leave(chain);
    return left;
  }

  private Expression unary() {
    Token token = tokens.peek();
    if (token.is("-") || token.is("~") || token.is("!")) {
      tokens.next();
      tokens.enter();
      Expression operand = unary();
      tokens.leave(1);
      return new Expression.Unary(token.at(), token.text(), operand);
    }
    return postfix(primary());
  }

  private Expression postfix(Expression base) {
    Expression result = base;
    int chain = 0;
    while (tokens.at("[")) {
      Position at = tokens.next().at();
      tokens.enter();
      chain++;
      Expression high = expression();
      Expression low = tokens.accept(":") ? expression() : high;
      tokens.expect("]");
      result = new Expression.Slice(at, result, high, low);
    }
    tokens.leave(chain);
    return result;
  }

  private Expression primary() {
    Token token = tokens.next();
    if (token.kind() == Token.Kind.NUMBER) {
      return new Expression.Number(token.at(), Tokens.number(token));
    }
    if (token.is("(")) {
      return parenthesised(token.at());
    }
    if (token.kind() != Token.Kind.NAME) {
      throw token.at().error("a value is missing before " + token.shown());
    }
    if (tokens.accept("(")) {
      return new Expression.Call(token.at(), token.text(), list(")"));
    }
    if (ACCESSES.contains(token.text())) {
      tokens.expect("[");
      return new Expression.Access(token.at(), token.text(), list("]"));
    }
    return new Expression.Name(token.at(), token.text());
  }

  private Expression parenthesised(Position at) {
    List<Expression> parts = list(")");
    if (parts.isEmpty()) {
      throw at.error("'()' holds no value; write one");
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Tuple(at, parts);
  }

  /** Expressions between commas, up to and with the closing symbol. */
  List<Expression> list(String close) {
    List<Expression> parts = new ArrayList<>();
    if (tokens.accept(close)) {
      return parts;
    }
    do {
      parts.add(expression());
    } while (tokens.accept(","));
    tokens.expect(close);
    return parts;
  }
}
