package dev.axon64.metal.msl;

/** Parses expressions of operators into typed trees. */
final class ExpressionParser {
  /** In a row, as the operators of one level or the accesses of one operand. */
  static final int MOST_OPERATORS = 5000;

  private final Parsers all;
  private final TokenCursor cursor;

  ExpressionParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** An expression, in which commas may stand. */
  Expr expression() {
    cursor.enter();
    Expr first = assignment();
    while (cursor.sees(",")) {
      Pos pos = cursor.next().pos();
      first = new Expr.Comma(first, Checker.value(assignment()), pos);
    }
    cursor.leave();
    return first;
  }

  /** An expression without commas outside parentheses. */
  Expr assignment() {
    cursor.enter();
    try {
      Expr left = ternary();
      Token token = cursor.peek();
      if (token.kind() != Token.Kind.PUNCTUATION || !token.text().endsWith("=")) {
        return left;
      }
      String sign = token.text();
      Op op = sign.equals("=") ? null : Op.of(sign.substring(0, sign.length() - 1));
      if (!sign.equals("=") && (op == null || op.isComparison())) {
        return left;
      }
      cursor.next();
      Expr right = cursor.sees("{") ? all.initialisers.brace(left.type()) : assignment();
      return Assignments.assign(op, left, right, token.pos());
    } finally {
      cursor.leave();
    }
  }

  private Expr ternary() {
    Expr test = binary(1);
    if (!cursor.sees("?")) {
      return test;
    }
    Pos pos = cursor.next().pos();
    Expr yes = expression();
    cursor.expect(":", "in ?:");
    Expr no = assignment();
    return Operators.cond(test, yes, no, pos);
  }

  /** How tightly a binary operator binds, from 1; 0 for other tokens. */
  private static int level(Token token) {
    if (token.kind() != Token.Kind.PUNCTUATION) {
      return 0;
    }
    return switch (token.text()) {
      case "||" -> 1;
      case "&&" -> 2;
      case "|" -> 3;
      case "^" -> 4;
      case "&" -> 5;
      case "==", "!=" -> 6;
      case "<", ">", "<=", ">=" -> 7;
      case "<<", ">>" -> 8;
      case "+", "-" -> 9;
      case "*", "/", "%" -> 10;
      default -> 0;
    };
  }

  /** Operands joined by operators that bind at least as tightly as {@code least}. */
  private Expr binary(int least) {
    Expr left = all.operands.unary();
    for (int operators = 0; ; operators++) {
      Token token = cursor.peek();
      int level = level(token);
      if (level < least || level == 0) {
        return left;
      }
      if (operators > MOST_OPERATORS) {
        throw token.pos().error("over " + MOST_OPERATORS + " operators in a row; split this");
      }
      cursor.next();
      Expr right = binary(level + 1);
      left =
          level <= 2
              ? Operators.logical(level == 2, left, right, token.pos())
              : Operators.binary(Op.of(token.text()), left, right, token.pos());
    }
  }

  /** A constant among template arguments, where '>' ends the expression. */
  long templateValue() {
    Pos pos = cursor.peek().pos();
    return integer(binary(9), "a template argument must be a type or an integer constant", pos);
  }

  /** An integer constant expression; {@code what} names it in the message if it is none. */
  long constant(String what) {
    Pos pos = cursor.peek().pos();
    return integer(assignment(), what + " must be an integer constant known when compiling", pos);
  }

  private static long integer(Expr e, String otherwise, Pos pos) {
    Expr value = Checker.value(e);
    if (value instanceof Expr.Const c && c.type().isScalar() && c.type().scalar().isInteger()) {
      return c.bits();
    }
    throw pos.error(otherwise);
  }
}
