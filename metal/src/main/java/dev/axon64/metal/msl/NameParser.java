package dev.axon64.metal.msl;

import java.util.List;
import java.util.Map;

/** Parses expressions that begin with a name: variables, members, constants and calls. */
final class NameParser {
  private final Parsers all;
  private final TokenCursor cursor;

  /** The variable whose initialiser is parsed; null for none. */
  private String declaring;

  NameParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** Sets the name whose initialiser is parsed, null for none, and returns the one before. */
  String declaring(String name) {
    String before = declaring;
    declaring = name;
    return before;
  }

  /** An expression that begins with a name, of a type too. */
  Expr named(Pos pos) {
    boolean library = all.types.atNamespace();
    all.types.skipNamespaces();
    String name = cursor.peek().text();
    if (cursor.take("as_type")) {
      return all.primaries.bitcast(pos);
    }
    if (cursor.take("numeric_limits")) {
      return limits(pos);
    }
    if (cursor.peek().isName() && cursor.peek(1).is("::")) {
      Expr value = qualifiedName(pos);
      if (value != null) {
        return value;
      }
    }
    if (!library && name.equals(declaring)) {
      throw pos.error(
          "'%s' is the variable that is being declared here, and has no value yet; rename it"
              .formatted(name));
    }
    Symbol symbol = library ? null : cursor.scope.find(name);
    if (symbol instanceof Symbol.Variable v) {
      cursor.next();
      return variable(v.var(), pos);
    }
    if (symbol instanceof Symbol.Enumerator e) {
      cursor.next();
      return new Expr.Const(e.value().type(), e.value().bits(), pos);
    }
    if (all.types.startsType()) {
      return all.primaries.construction(pos);
    }
    cursor.next();
    Expr known = symbol == null ? undeclared(name, pos) : null;
    return known != null ? known : call(name, symbol, pos);
  }

  private static Expr variable(Var var, Pos pos) {
    Expr use = new Expr.VarRef(var, pos);
    return var.isReference() ? Pointers.deref(use, pos) : use;
  }

  /** A name that no scope holds, of a member or of a library constant; null if it is neither. */
  private Expr undeclared(String name, Pos pos) {
    Expr member = selfMember(name, pos);
    if (member != null) {
      return member;
    }
    Literal literal = NamedConstants.named(name);
    return literal == null ? null : PrimaryParser.constant(literal, pos);
  }

  /** A member named without {@code this->} in a member function. */
  private Expr selfMember(String name, Pos pos) {
    Var self = all.body.self();
    if (self == null) {
      return null;
    }
    Expr object = new Expr.VarRef(self, pos);
    StructType struct = (StructType) ((PointerType) self.type()).to();
    StructType.Field field = struct.field(name);
    if (field != null) {
      return new Expr.Member(Pointers.deref(object, pos), field, pos);
    }
    if (cursor.sees("(") && struct.methods().containsKey(name)) {
      return all.calls.method(struct, name, object, all.operands.arguments(), pos);
    }
    return null;
  }

  private Expr call(String name, Symbol symbol, Pos pos) {
    List<Object> explicit = null;
    Symbol.Overloads overloads = symbol instanceof Symbol.Overloads o ? o : null;
    if (cursor.sees("<") && overloads != null && !overloads.templates().isEmpty()) {
      explicit = all.types.templateArguments();
    }
    if (!cursor.sees("(")) {
      if (overloads != null) {
        throw pos.error("function '" + name + "' cannot be a value; call it");
      }
      String hint = Builtin.named(name) != null ? "; it is a function" : "; declare it first";
      throw pos.error("'" + name + "' is not known here" + hint);
    }
    List<Expr> arguments = all.operands.arguments();
    return all.calls.call(name, overloads, explicit, arguments, pos);
  }

  /** A member of an enumeration or struct; null if the name before {@code ::} is another type's. */
  private Expr qualifiedName(Pos pos) {
    String outer = cursor.peek().text();
    Symbol symbol = cursor.scope.find(outer);
    if (outer.equals("mem_flags")) {
      return memoryFlag(pos);
    }
    if (symbol == null) {
      throw pos.error("'" + outer + "' before '::' is not known here");
    }
    Map<String, Expr.Const> members =
        symbol instanceof Symbol.TypeName type ? all.declared.qualified.get(type.type()) : null;
    if (members == null) {
      return null;
    }
    cursor.at += 2;
    String name = cursor.name("a member of " + outer);
    Expr.Const value = members.get(name);
    if (value == null) {
      throw pos.error("'%s' has no member '%s'".formatted(outer, name));
    }
    return new Expr.Const(value.type(), value.bits(), pos);
  }

  private Expr memoryFlag(Pos pos) {
    cursor.at += 2;
    String flag = cursor.name("a memory flag");
    if (!flag.startsWith("mem_")) {
      throw pos.error("mem_flags has no '" + flag + "'");
    }
    return new Expr.Const(TypeNames.named("mem_flags"), 0, pos);
  }

  /** Parses the rest of {@code numeric_limits<T>::name()}. */
  private Expr limits(Pos pos) {
    Type type = all.types.angleType();
    cursor.expect("::", "after numeric_limits<T>");
    String member = cursor.name("a limit");
    if (cursor.take("(")) {
      cursor.expect(")", "after the limit's name");
    }
    Literal literal = type instanceof Scalar s ? NamedConstants.limit(s, member) : null;
    if (literal == null) {
      throw pos.error("numeric_limits<%s>::%s is not supported".formatted(type, member));
    }
    return PrimaryParser.constant(literal, pos);
  }
}
