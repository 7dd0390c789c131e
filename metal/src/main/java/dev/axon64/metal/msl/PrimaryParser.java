package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parses the leaves of expressions: literals, names, calls and casts spelled as calls. */
abstract class PrimaryParser extends ExpressionParser {
  private final CallResolver calls = new CallResolver(this);

  PrimaryParser(List<Token> tokens) {
    super(tokens);
  }

  @Override
  Expr primary() {
    Token token = peek();
    switch (token.kind()) {
      case NUMBER -> {
        next();
        return constant(Literal.number(token.text(), token.pos()), token.pos());
      }
      case CHARACTER -> {
        next();
        return constant(Literal.character(token.text(), token.pos()), token.pos());
      }
      case STRING -> throw token.pos().error("text is not supported in shaders");
      case NAME -> {
        return named(token);
      }
      default -> {
        if (take("(")) {
          Expr inner = expression();
          expect(")", "to close the parenthesis");
          return inner;
        }
        if (token.is("::")) {
          next();
          return primary();
        }
        if (token.is("[")) {
          throw token.pos().error("lambdas are not supported; write a function");
        }
        throw token.pos().error("an expression expected, not " + token.describe());
      }
    }
  }

  private static Expr constant(Literal literal, Pos pos) {
    return new Expr.Const(literal.type(), literal.bits(), pos);
  }

  private Expr named(Token token) {
    Pos pos = token.pos();
    switch (token.text()) {
      case "true", "false" -> {
        next();
        return new Expr.Const(Scalar.BOOL, token.is("true") ? 1 : 0, pos);
      }
      case "nullptr", "NULL" -> {
        next();
        return new Expr.Const(new PointerType(VoidType.VOID, Space.THREAD, false), 0, pos);
      }
      case "this" -> {
        next();
        if (self == null) {
          throw pos.error("'this' stands outside a member function");
        }
        return new Expr.VarRef(self, pos);
      }
      case "sizeof", "alignof" -> {
        return size(next());
      }
      case "static_cast", "reinterpret_cast", "const_cast" -> {
        next();
        Type type = angleType();
        expect("(", "before what is cast");
        Expr operand = expression();
        expect(")", "after what is cast");
        return Operators.cast(operand, type, pos);
      }
      case "goto", "throw", "try", "new", "delete", "asm", "operator" ->
          throw pos.error("'" + token.text() + "' is not supported in shaders");
      default -> {
        return symbol(pos);
      }
    }
  }

  Type angleType() {
    expect("<", "before a type argument");
    Type type = typeName();
    expectCloseAngle();
    return type;
  }

  private Expr size(Token keyword) {
    Type type;
    if (sees("(")) {
      next();
      type = startsType() ? typeName() : expression().type();
      expect(")", "after sizeof");
    } else {
      type = peek().isName() ? postfix(primary(), keyword.pos()).type() : primary().type();
    }
    Operators.sizeOf(type, keyword.pos());
    long value = keyword.is("sizeof") ? type.size() : type.align();
    return new Expr.Const(Scalar.ULONG, value, keyword.pos());
  }

  private Expr symbol(Pos pos) {
    boolean library = atNamespace();
    skipNamespaces();
    String name = peek().text();
    if (name.equals("as_type")) {
      next();
      return bitcast(pos);
    }
    if (name.equals("numeric_limits")) {
      return limits(pos);
    }
    if (peek().isName() && peek(1).is("::")) {
      Expr value = qualifiedName(pos);
      if (value != null) {
        return value;
      }
    }
    Symbol symbol = library ? null : scope.find(name);
    if (symbol instanceof Symbol.Variable v) {
      next();
      return reference(v.var(), pos);
    }
    if (symbol instanceof Symbol.Enumerator e) {
      next();
      return new Expr.Const(e.value().type(), e.value().bits(), pos);
    }
    if (startsType()) {
      return construction(pos);
    }
    next();
    Expr member = symbol == null ? selfMember(name, pos) : null;
    if (member != null) {
      return member;
    }
    Literal literal = symbol == null ? NamedConstants.named(name) : null;
    if (literal != null) {
      return constant(literal, pos);
    }
    return call(name, symbol, pos);
  }

  private Expr reference(Var var, Pos pos) {
    Expr use = new Expr.VarRef(var, pos);
    return var.isReference() ? deref(use, pos) : use;
  }

  /** A member named without {@code this->} in a member function. */
  private Expr selfMember(String name, Pos pos) {
    if (self == null) {
      return null;
    }
    StructType struct = (StructType) ((PointerType) self.type()).to();
    StructType.Field field = struct.field(name);
    if (field != null) {
      return new Expr.Member(deref(new Expr.VarRef(self, pos), pos), field, pos);
    }
    if (sees("(") && struct.methods().containsKey(name)) {
      List<Expr> all = new ArrayList<>();
      Expr object = new Expr.VarRef(self, pos);
      List<Expr> arguments = arguments();
      all.add(object);
      all.addAll(arguments);
      return finishCall(method(struct, name, object, arguments.size(), pos), all, pos);
    }
    return null;
  }

  private Expr call(String name, Symbol symbol, Pos pos) {
    List<Object> explicit = null;
    Symbol.Overloads overloads = symbol instanceof Symbol.Overloads o ? o : null;
    if (sees("<") && overloads != null && !overloads.templates().isEmpty()) {
      explicit = templateArguments();
    }
    if (!sees("(")) {
      if (overloads != null) {
        throw pos.error("function '" + name + "' cannot be a value; call it");
      }
      String hint = Builtin.named(name) != null ? "; it is a function" : "; declare it first";
      throw pos.error("'" + name + "' is not known here" + hint);
    }
    List<Expr> arguments = arguments();
    return calls.call(name, overloads, explicit, arguments, pos);
  }

  /** Types and integer constants between angles. */
  List<Object> templateArguments() {
    expect("<", "before template arguments");
    List<Object> arguments = new ArrayList<>();
    while (!peek().text().startsWith(">")) {
      arguments.add(startsType() ? typeName() : (Object) templateValue());
      if (!take(",")) {
        break;
      }
    }
    expectCloseAngle();
    return arguments;
  }

  private Expr qualifiedName(Pos pos) {
    String outer = peek().text();
    Map<String, Expr.Const> members = qualified.get(outer);
    Symbol symbol = scope.find(outer);
    if (symbol instanceof Symbol.TypeName type && members == null) {
      members = qualified.get(type.type().toString());
    }
    if (outer.equals("mem_flags")) {
      at += 2;
      String flag = name("a memory flag");
      if (!flag.startsWith("mem_")) {
        throw pos.error("mem_flags has no '" + flag + "'");
      }
      return new Expr.Const(TypeNames.named("mem_flags"), 0, pos);
    }
    if (members == null) {
      if (symbol == null) {
        throw pos.error("'" + outer + "' before '::' is not known here");
      }
      return null;
    }
    at += 2;
    String name = name("a member of " + outer);
    Expr.Const value = members.get(name);
    if (value == null) {
      throw pos.error("'%s' has no member '%s'".formatted(outer, name));
    }
    return new Expr.Const(value.type(), value.bits(), pos);
  }

  private Expr limits(Pos pos) {
    next();
    Type type = angleType();
    expect("::", "after numeric_limits<T>");
    String member = name("a limit");
    if (take("(")) {
      expect(")", "after the limit's name");
    }
    Literal literal = type instanceof Scalar s ? NamedConstants.limit(s, member) : null;
    if (literal == null) {
      throw pos.error("numeric_limits<%s>::%s is not supported".formatted(type, member));
    }
    return constant(literal, pos);
  }

  private Expr bitcast(Pos pos) {
    Type type = angleType();
    expect("(", "after as_type<T>");
    Expr operand = Checker.value(expression());
    expect(")", "after what as_type reads");
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

  /** {@code T(...)} and {@code T{...}}. */
  private Expr construction(Pos pos) {
    Specifiers specifiers = specifiers();
    Type type = specifiers.type();
    if (specifiers.auto()) {
      throw pos.error("auto cannot stand here; name the type");
    }
    if (sees("{")) {
      return brace(type);
    }
    if (!sees("(")) {
      throw error("'(' expected after the type " + type + ", not " + peek().describe());
    }
    List<Expr> arguments = arguments();
    return construct(type, arguments, pos);
  }

  /** {@code T(arguments)}. */
  Expr construct(Type type, List<Expr> arguments, Pos pos) {
    if (type instanceof VectorType vector) {
      return Constructors.vector(vector.unpacked(), arguments, pos);
    }
    if (type instanceof StructType && arguments.isEmpty()) {
      return zero(type, pos);
    }
    if (arguments.isEmpty() && type.isScalar()) {
      return new Expr.Const(type, 0, pos);
    }
    if (arguments.size() != 1) {
      throw pos.error("%s takes one value in parentheses; use braces".formatted(type));
    }
    return Operators.cast(arguments.get(0), type, pos);
  }

  abstract Expr zero(Type type, Pos pos);
}
