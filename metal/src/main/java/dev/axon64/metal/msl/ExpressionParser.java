package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parses expressions into typed trees. */
abstract class ExpressionParser extends TypeParser {
  private static final int MOST_OPERATORS = 5000;

  /** The enumerators and static constants that a type name qualifies. */
  final Map<String, Map<String, Expr.Const>> qualified = new HashMap<>();

  Function current;
  Var self;

  ExpressionParser(List<Token> tokens) {
    super(tokens);
  }

  abstract Expr brace(Type type);

  abstract Function instantiate(
      Symbol.FunctionTemplate template, List<Object> explicit, List<Expr> arguments, Pos pos);

  abstract Function method(StructType struct, String name, Expr object, int count, Pos pos);

  @Override
  Expr expression() {
    enter();
    Expr first = assignment();
    while (sees(",")) {
      Pos pos = next().pos();
      first = new Expr.Comma(first, Checker.value(assignment()), pos);
    }
    leave();
    return first;
  }

  @Override
  Expr assignment() {
    enter();
    try {
      Expr left = ternary();
      Token token = peek();
      if (token.kind() != Token.Kind.PUNCTUATION || !token.text().endsWith("=")) {
        return left;
      }
      String sign = token.text();
      Op op = sign.equals("=") ? null : Op.of(sign.substring(0, sign.length() - 1));
      if (!sign.equals("=") && (op == null || op.isComparison())) {
        return left;
      }
      next();
      Expr right = sees("{") ? brace(left.type()) : assignment();
      return Operators.assign(op, left, right, token.pos());
    } finally {
      leave();
    }
  }

  private Expr ternary() {
    Expr test = binary(1);
    if (!sees("?")) {
      return test;
    }
    Pos pos = next().pos();
    Expr yes = expression();
    expect(":", "in ?:");
    Expr no = assignment();
    return Operators.cond(test, yes, no, pos);
  }

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

  private Expr binary(int least) {
    Expr left = unary();
    for (int operators = 0; ; operators++) {
      Token token = peek();
      int level = level(token);
      if (level < least || level == 0) {
        return left;
      }
      if (operators > MOST_OPERATORS) {
        throw token.pos().error("over " + MOST_OPERATORS + " operators in a row; split this");
      }
      next();
      Expr right = binary(level + 1);
      left =
          level <= 2
              ? Operators.logical(level == 2, left, right, token.pos())
              : Operators.binary(Op.of(token.text()), left, right, token.pos());
    }
  }

  @Override
  long templateValue() {
    Pos pos = peek().pos();
    Expr value = Checker.value(binary(9));
    if (value instanceof Expr.Const c && c.type().isScalar() && c.type().scalar().isInteger()) {
      return c.bits();
    }
    throw pos.error("a template argument must be a type or an integer constant");
  }

  private Expr unary() {
    enter();
    try {
      Token token = peek();
      if (token.kind() == Token.Kind.PUNCTUATION) {
        switch (token.text()) {
          case "-", "+", "!", "~", "*", "&", "++", "--" -> {
            next();
            return prefix(token, unary());
          }
          case "(" -> {
            if (castFollows()) {
              next();
              Type type = typeName();
              expect(")", "after a cast's type");
              Expr operand = sees("{") ? brace(type) : unary();
              return postfix(Operators.cast(operand, type, token.pos()), token.pos());
            }
          }
          default -> {}
        }
      }
      return postfix(primary(), token.pos());
    } finally {
      leave();
    }
  }

  private boolean castFollows() {
    at++;
    boolean type = startsType();
    if (type) {
      // T(x) and T::y within parentheses are expressions, not casts.
      int save = at;
      skipNamespaces();
      Token after = peek(1);
      type = space(peek()) != null || !(after.is("(") || after.is("::") || after.is("{"));
      at = save;
    }
    at--;
    return type;
  }

  private Expr prefix(Token token, Expr operand) {
    Pos pos = token.pos();
    return switch (token.text()) {
      case "-" -> Operators.negate(operand, pos);
      case "+" -> Operators.promoted(operand, "+", pos);
      case "!" -> Operators.not(operand, pos);
      case "~" -> Operators.bitNot(operand, pos);
      case "*" -> deref(operand, pos);
      case "&" -> address(operand, pos);
      case "++" -> Operators.step(operand, 1, true, pos);
      default -> Operators.step(operand, -1, true, pos);
    };
  }

  private static Expr address(Expr operand, Pos pos) {
    if (!Checker.isPlace(operand)) {
      throw pos.error("& needs a place, not a value");
    }
    return Checker.addressOf(operand, pos);
  }

  static Expr deref(Expr operand, Pos pos) {
    Expr pointer = Checker.value(operand);
    if (!(pointer.type() instanceof PointerType type)) {
      throw pos.error("* needs a pointer, not " + pointer.type());
    }
    if (type.to() == VoidType.VOID) {
      throw pos.error("a void pointer cannot be followed; cast it first");
    }
    Operators.sizeOf(type.to(), pos);
    return new Expr.Deref(pointer, type.to(), pos);
  }

  Expr postfix(Expr start, Pos begin) {
    Expr e = start;
    for (int steps = 0; ; steps++) {
      Token token = peek();
      if (steps > MOST_OPERATORS) {
        throw token.pos().error("over " + MOST_OPERATORS + " accesses in a row; split this");
      }
      if (sees("[") && !peek(1).is("[")) {
        next();
        Expr index = expression();
        expect("]", "after an index");
        e = index(e, index, token.pos());
      } else if (take(".")) {
        e = member(e, token.pos());
      } else if (take("->")) {
        e = member(deref(e, token.pos()), token.pos());
      } else if (take("++")) {
        e = Operators.step(e, 1, false, token.pos());
      } else if (take("--")) {
        e = Operators.step(e, -1, false, token.pos());
      } else {
        return e;
      }
    }
  }

  private static Expr index(Expr base, Expr at, Pos pos) {
    Expr index = Checker.value(at);
    if (!index.type().isScalar() || index.type().scalar().isFloat()) {
      if (Checker.value(at).type() instanceof PointerType && base.type().isScalar()) {
        return index(at, base, pos);
      }
      throw pos.error("an index must be an integer, not " + index.type());
    }
    if (base.type() instanceof VectorType vector) {
      if (index instanceof Expr.Const c) {
        if (c.bits() < 0 || c.bits() >= vector.count()) {
          throw pos.error(vector + " has no component " + c.bits());
        }
        return new Expr.Swizzle(base, List.of((int) c.bits()), vector.element(), pos);
      }
      Expr place = Checker.solid(base);
      Checker.takeAddress(place);
      return new Expr.VectorIndex(
          place, Checker.convert(index, Scalar.LONG), vector.element(), pos);
    }
    Scalar wide =
        index.type().scalar().bits() <= 32 && index.type().scalar() != Scalar.UINT
            ? Scalar.INT
            : Scalar.LONG;
    Expr count = Checker.convert(index, wide);
    if (base.type() instanceof ArrayType array) {
      Expr place = Checker.solid(base);
      Checker.takeAddress(place);
      return new Expr.Index(place, count, array.element(), pos);
    }
    Expr moved = Operators.binary(Op.ADD, base, index, pos);
    if (!(moved instanceof Expr.PointerAdd)) {
      throw pos.error("%s cannot be indexed".formatted(base.type()));
    }
    return deref(moved, pos);
  }

  private Expr member(Expr base, Pos pos) {
    take("template");
    String name = name("a member");
    if (base.type() instanceof StructType struct) {
      if (sees("(") && struct.field(name) == null) {
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
    Function function = method(struct, name, object, arguments.size(), pos);
    List<Expr> all = new ArrayList<>();
    all.add(object);
    all.addAll(arguments);
    return finishCall(function, all, pos);
  }

  List<Expr> arguments() {
    expect("(", "before arguments");
    List<Expr> arguments = new ArrayList<>();
    if (!sees(")")) {
      do {
        if (sees("{")) {
          throw error("a braced argument needs its type in front: T{...}");
        }
        arguments.add(assignment());
      } while (take(","));
    }
    expect(")", "after the arguments");
    return arguments;
  }

  Expr finishCall(Function function, List<Expr> given, Pos pos) {
    List<Expr> converted = new ArrayList<>();
    List<Var> parameters = function.declaredParameters();
    for (int i = 0; i < parameters.size(); i++) {
      Var parameter = parameters.get(i);
      Expr argument = i < given.size() ? given.get(i) : function.defaults().get(i);
      String what = "argument %d of '%s'".formatted(i + 1, function.name());
      converted.add(
          parameter.isReference()
              ? reference(argument, (PointerType) parameter.type(), what)
              : Checker.implicit(argument, parameter.type(), what));
    }
    if (current != null) {
      current.calls().add(function);
    }
    noteCall(function);
    Expr call = new Expr.Call(function, converted, pos);
    return function.returnsReference() ? deref(call, pos) : call;
  }

  abstract void noteCall(Function function);

  /** Binds a reference of the pointer type {@code wanted} to {@code e}. */
  static Expr reference(Expr e, PointerType wanted, String what) {
    boolean same = e.type().equals(wanted.to());
    if (same && Checker.isPlace(e)) {
      Expr pointer = Checker.addressOf(e, e.pos());
      if (Checker.fit(pointer, wanted) == Checker.IMPOSSIBLE) {
        throw e.pos().error("%s is %s, not %s".formatted(what, pointer.type(), wanted));
      }
      return Checker.convert(pointer, wanted);
    }
    if (!wanted.readOnly() || wanted.space() != Space.THREAD) {
      throw e.pos()
          .error(
              "%s must be a place of type %s in %s memory"
                  .formatted(what, wanted.to(), wanted.space()));
    }
    Expr value = Checker.implicit(e, wanted.to(), what);
    return Checker.convert(
        new Expr.AddressOf(new Expr.Temporary(value, e.pos()), wanted, e.pos()), wanted);
  }

  abstract Expr primary();
}
