package dev.axon64.metal.msl;

import java.util.List;

/** Parses the leaves of expressions: literals, parentheses, and casts spelled as calls. */
final class PrimaryParser {
  private final Parsers all;
  private final TokenCursor cursor;

  PrimaryParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  Expr primary() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER -> literal(Literal.number(token.text(), token.pos()));
      case CHARACTER -> literal(Literal.character(token.text(), token.pos()));
      case STRING -> throw token.pos().error("strings are not supported in shaders");
      case NAME -> named(token);
      default -> punctuation(token);
    };
  }

  private Expr literal(Literal literal) {
    return constant(literal, cursor.next().pos());
  }

  static Expr constant(Literal literal, Pos pos) {
    return new Expr.Const(literal.type(), literal.bits(), pos);
  }

  private Expr punctuation(Token token) {
    if (cursor.take("(")) {
      Expr inner = all.expressions.expression();
      cursor.expect(")", "to close the parenthesis");
      return inner;
    }
    if (cursor.take("::")) {
      return primary();
    }
    if (token.is("[")) {
      throw token.pos().error("lambdas are not supported; write a function");
    }
    throw token.pos().error("an expression expected, not " + token.describe());
  }

  private Expr named(Token token) {
    Pos pos = token.pos();
    return switch (token.text()) {
      case "true", "false" -> new Expr.Const(Scalar.BOOL, cursor.next().is("true") ? 1 : 0, pos);
      case "nullptr", "NULL" -> {
        cursor.next();
        yield new Expr.Const(new PointerType(VoidType.VOID, Space.THREAD, false), 0, pos);
      }
      case "this" -> {
        cursor.next();
        if (all.body.self() == null) {
          throw pos.error("'this' stands outside a member function");
        }
        yield new Expr.VarRef(all.body.self(), pos);
      }
      case "sizeof", "alignof" -> size(cursor.next());
      case "static_cast", "reinterpret_cast", "const_cast" -> {
        cursor.next();
        Type type = all.types.angleType();
        yield Operators.cast(parenthesised("what is cast"), type, pos);
      }
      case "goto", "throw", "try", "new", "delete", "asm", "operator" ->
          throw pos.error("'" + token.text() + "' is not supported in shaders");
      default -> all.names.named(pos);
    };
  }

  private Expr parenthesised(String what) {
    cursor.expect("(", "before " + what);
    Expr operand = all.expressions.expression();
    cursor.expect(")", "after " + what);
    return operand;
  }

  private Expr size(Token keyword) {
    Type type;
    if (cursor.sees("(")) {
      cursor.next();
      type = all.types.startsType() ? all.types.typeName() : all.expressions.expression().type();
      cursor.expect(")", "after sizeof");
    } else {
      type = cursor.peek().isName() ? all.operands.postfix(primary()).type() : primary().type();
    }
    Pointers.sizeOf(type, keyword.pos());
    long value = keyword.is("sizeof") ? type.size() : type.align();
    return new Expr.Const(Scalar.ULONG, value, keyword.pos());
  }

  /** Parses the rest of {@code as_type<T>(e)}. */
  Expr bitcast(Pos pos) {
    Type type = all.types.angleType();
    Expr operand = Checker.value(parenthesised("what as_type reads"));
    boolean numbers = Checker.isNumeric(type) && Checker.isNumeric(operand.type());
    if (!numbers || Checker.element(type) == Scalar.BOOL || type.size() != operand.type().size()) {
      throw pos.error(
          "as_type cannot read %s as %s: the sizes differ or they are not numbers"
              .formatted(operand.type(), type));
    }
    if (type.equals(operand.type())) {
      return operand;
    }
    return new Expr.Bitcast(operand, type, pos);
  }

  /** Parses {@code T(...)} and {@code T{...}}. */
  Expr construction(Pos pos) {
    Specifiers specifiers = all.specifiers.parse();
    Type type = specifiers.type();
    if (specifiers.auto()) {
      throw pos.error("auto cannot stand here; name the type");
    }
    if (cursor.sees("{")) {
      return all.initialisers.brace(type);
    }
    if (!cursor.sees("(")) {
      throw cursor.error(
          "'(' expected after the type " + type + ", not " + cursor.peek().describe());
    }
    List<Expr> arguments = all.operands.arguments();
    return construct(type, arguments, pos);
  }

  /** The value of {@code T(arguments)}. */
  Expr construct(Type type, List<Expr> arguments, Pos pos) {
    if (type instanceof VectorType vector) {
      return Constructors.vector(vector.unpacked(), arguments, pos);
    }
    if (type instanceof StructType && arguments.isEmpty()) {
      return all.initialisers.zero(type, pos);
    }
    if (arguments.isEmpty() && type.isScalar()) {
      return new Expr.Const(type, 0, pos);
    }
    if (arguments.size() != 1) {
      throw pos.error("%s takes one value in parentheses; use braces".formatted(type));
    }
    return Operators.cast(arguments.get(0), type, pos);
  }
}
