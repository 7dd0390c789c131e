package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Parses the operands of operators: what stands before and behind a primary expression. */
final class OperandParser {
  private final Parsers all;
  private final TokenCursor cursor;

  OperandParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** An operand with all its prefixes and suffixes. */
  Expr unary() {
    cursor.enter();
    try {
      Token token = cursor.peek();
      return switch (token.kind() == Token.Kind.PUNCTUATION ? token.text() : "") {
        case "-", "+", "!", "~", "*", "&", "++", "--" -> {
          cursor.next();
          yield prefix(token, unary());
        }
        case "(" -> castFollows() ? cast(token.pos()) : postfix(all.primaries.primary());
        default -> postfix(all.primaries.primary());
      };
    } finally {
      cursor.leave();
    }
  }

  private Expr cast(Pos pos) {
    cursor.next();
    Type type = all.types.typeName();
    cursor.expect(")", "after a cast's type");
    Expr operand = cursor.sees("{") ? all.initialisers.brace(type) : unary();
    return postfix(Operators.cast(operand, type, pos));
  }

  private boolean castFollows() {
    cursor.at++;
    boolean type = all.types.startsType();
    if (type) {
      // T(x) and T::y within parentheses are expressions, not casts.
      int save = cursor.at;
      all.types.skipNamespaces();
      Token after = cursor.peek(1);
      type =
          SpecifierParser.space(cursor.peek()) != null
              || !(after.is("(") || after.is("::") || after.is("{"));
      cursor.at = save;
    }
    cursor.at--;
    return type;
  }

  private Expr prefix(Token token, Expr operand) {
    Pos pos = token.pos();
    return switch (token.text()) {
      case "-" -> Operators.negate(operand, pos);
      case "+" -> Operators.promoted(operand, "+", pos);
      case "!" -> Operators.not(operand, pos);
      case "~" -> Operators.bitNot(operand, pos);
      case "*" -> Pointers.deref(operand, pos);
      case "&" -> Pointers.address(operand, pos);
      case "++" -> Assignments.step(operand, 1, true, pos);
      default -> Assignments.step(operand, -1, true, pos);
    };
  }

  /** Parses the accesses, calls of members and steps behind an expression. */
  Expr postfix(Expr start) {
    Expr e = start;
    for (int steps = 0; ; steps++) {
      Token token = cursor.peek();
      if (steps > ExpressionParser.MOST_OPERATORS) {
        throw token
            .pos()
            .error("over " + ExpressionParser.MOST_OPERATORS + " accesses in a row; split this");
      }
      if (cursor.sees("[") && !cursor.peek(1).is("[")) {
        cursor.next();
        Expr index = all.expressions.expression();
        cursor.expect("]", "after an index");
        e = Pointers.index(e, index, token.pos());
      } else if (cursor.take(".")) {
        e = member(e, token.pos());
      } else if (cursor.take("->")) {
        e = member(Pointers.deref(e, token.pos()), token.pos());
      } else if (cursor.take("++")) {
        e = Assignments.step(e, 1, false, token.pos());
      } else if (cursor.take("--")) {
        e = Assignments.step(e, -1, false, token.pos());
      } else {
        return e;
      }
    }
  }

  private Expr member(Expr base, Pos pos) {
    cursor.take("template");
    String name = cursor.name("a member");
    if (base.type() instanceof StructType struct) {
      if (cursor.sees("(") && struct.field(name) == null) {
        return methodCall(base, struct, name, pos);
      }
      StructType.Field field = struct.field(name);
      if (field == null) {
        throw pos.error("struct '%s' has no member '%s'".formatted(struct, name));
      }
      return new Expr.Member(Checker.solid(base), field, pos);
    }
    if (base.type() instanceof VectorType vector) {
      return Swizzles.of(base, vector, name, pos);
    }
    throw pos.error("%s has no member '%s'".formatted(base.type(), name));
  }

  private Expr methodCall(Expr base, StructType struct, String name, Pos pos) {
    List<Expr> arguments = arguments();
    Expr object = Checker.addressOf(Checker.solid(base), pos);
    return all.calls.method(struct, name, object, arguments, pos);
  }

  /** The arguments of a call, parentheses included. */
  List<Expr> arguments() {
    cursor.expect("(", "before arguments");
    List<Expr> arguments = new ArrayList<>();
    if (!cursor.sees(")")) {
      do {
        if (cursor.sees("{")) {
          throw cursor.error("a braced argument needs its type in front: T{...}");
        }
        arguments.add(all.expressions.assignment());
      } while (cursor.take(","));
    }
    cursor.expect(")", "after the arguments");
    return arguments;
  }
}
