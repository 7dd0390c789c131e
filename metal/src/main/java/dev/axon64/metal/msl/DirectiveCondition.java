package dev.axon64.metal.msl;

import java.util.List;

/** The integer expression of an {@code #if} or {@code #elif}; unknown names count as 0. */
final class DirectiveCondition {
  private static final int MOST_NESTED = 200;
  private final List<Token> tokens;
  private final Pos pos;
  private int at;
  private int depth;

  DirectiveCondition(List<Token> tokens, Pos pos) {
    this.tokens = tokens;
    this.pos = pos;
  }

  long value() {
    long value = ternary();
    if (at < tokens.size()) {
      throw pos.error("unexpected " + tokens.get(at).describe() + " in this condition");
    }
    return value;
  }

  private boolean take(String text) {
    if (at < tokens.size() && tokens.get(at).is(text)) {
      at++;
      return true;
    }
    return false;
  }

  private long ternary() {
    long condition = binary(0);
    if (!take("?")) {
      return condition;
    }
    long yes = ternary();
    if (!take(":")) {
      throw pos.error("this condition lacks a ':'");
    }
    long no = ternary();
    return condition != 0 ? yes : no;
  }

  private static final String[][] LEVELS = {
    {"||"},
    {"&&"},
    {"|"},
    {"^"},
    {"&"},
    {"==", "!="},
    {"<", ">", "<=", ">="},
    {"<<", ">>"},
    {"+", "-"},
    {"*", "/", "%"}
  };

  private long binary(int level) {
    if (level == LEVELS.length) {
      return unary();
    }
    long left = binary(level + 1);
    while (true) {
      String found = null;
      for (String operator : LEVELS[level]) {
        if (found == null && take(operator)) {
          found = operator;
        }
      }
      if (found == null) {
        return left;
      }
      left = apply(found, left, binary(level + 1));
    }
  }

  private long apply(String operator, long a, long b) {
    return switch (operator) {
      case "||" -> a != 0 || b != 0 ? 1 : 0;
      case "&&" -> a != 0 && b != 0 ? 1 : 0;
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "&" -> a & b;
      case "==" -> a == b ? 1 : 0;
      case "!=" -> a != b ? 1 : 0;
      case "<" -> a < b ? 1 : 0;
      case ">" -> a > b ? 1 : 0;
      case "<=" -> a <= b ? 1 : 0;
      case ">=" -> a >= b ? 1 : 0;
      case "<<" -> a << b;
      case ">>" -> a >> b;
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      default -> {
        if (b == 0) {
          throw pos.error("division by zero in this condition");
        }
        yield operator.equals("/") ? a / b : a % b;
      }
    };
  }

  private long unary() {
    if (++depth > MOST_NESTED) {
      throw pos.error("this condition is nested over " + MOST_NESTED + " deep");
    }
    try {
      if (take("!")) {
        return unary() == 0 ? 1 : 0;
      }
      if (take("-")) {
        return -unary();
      }
      if (take("+")) {
        return unary();
      }
      if (take("~")) {
        return ~unary();
      }
      if (take("(")) {
        long value = ternary();
        if (!take(")")) {
          throw pos.error("this condition lacks a ')'");
        }
        return value;
      }
      return primary();
    } finally {
      depth--;
    }
  }

  private long primary() {
    if (at >= tokens.size()) {
      throw pos.error("this condition ends too early");
    }
    Token token = tokens.get(at++);
    if (token.isName()) {
      skipArguments();
      return token.text().equals("true") ? 1 : 0;
    }
    if (token.kind() == Token.Kind.NUMBER) {
      Literal literal = Literal.number(token.text(), token.pos());
      if (!literal.type().isFloat()) {
        return literal.bits();
      }
    }
    throw pos.error("unexpected " + token.describe() + " in this condition");
  }

  /** {@code __has_include(<x>)} and the like: a function-like name that is no macro. */
  private void skipArguments() {
    if (!take("(")) {
      return;
    }
    int open = 1;
    while (open > 0 && at < tokens.size()) {
      Token token = tokens.get(at++);
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
  }
}
