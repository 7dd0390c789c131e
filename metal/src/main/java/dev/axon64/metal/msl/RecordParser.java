package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses structs, enumerations and aliases. */
abstract class RecordParser extends FunctionParser {
  private int unnamed;

  RecordParser(List<Token> tokens) {
    super(tokens);
  }

  @Override
  void alias() {
    Token word = next();
    if (word.is("typedef")) {
      Specifiers specifiers = specifiers();
      Declarator declarator = declarator(specifiers, specifiers.type(), true);
      if (declarator.name() == null || specifiers.auto()) {
        throw word.pos().error("typedef needs a type and a name");
      }
      scope.put(declarator.name(), new Symbol.TypeName(declarator.type()));
      expect(";", "after typedef");
      return;
    }
    if (take("namespace")) {
      do {
        name("a namespace");
      } while (take("::"));
      expect(";", "after using namespace");
      return;
    }
    String name = name("an alias");
    if (take("::")) {
      while (!take(";")) {
        if (next().kind() == Token.Kind.END) {
          throw word.pos().error("';' expected after using");
        }
      }
      return;
    }
    expect("=", "after the name of an alias");
    scope.put(name, new Symbol.TypeName(typeName()));
    expect(";", "after using");
  }

  @Override
  Type structOrEnum(String keyword) {
    if (keyword.equals("enum")) {
      return enumeration();
    }
    skipAttributes();
    Pos pos = peek().pos();
    String name = peek().isName() ? next().text() : "struct " + ++unnamed;
    skipAttributes();
    Symbol known = scope.find(name);
    if (!sees("{")) {
      if (sees(":")) {
        throw error("inheritance is not supported; make the base a member");
      }
      if (known instanceof Symbol.TypeName type && type.type() instanceof StructType) {
        return type.type();
      }
      StructType declared = new StructType(name, keyword.equals("union"));
      scope.put(name, new Symbol.TypeName(declared));
      return declared;
    }
    StructType struct;
    if (scope.here(name) instanceof Symbol.TypeName type && type.type() instanceof StructType s) {
      struct = s;
      if (s.isComplete()) {
        throw pos.error("struct '" + name + "' is defined already");
      }
    } else {
      struct = new StructType(name, keyword.equals("union"));
      scope.put(name, new Symbol.TypeName(struct));
    }
    members(struct, name);
    return struct;
  }

  private void members(StructType struct, String name) {
    Pos pos = expect("{", "before the members").pos();
    enter();
    Map<String, Expr.Const> statics = new HashMap<>();
    qualified.put(struct.toString(), statics);
    openScope();
    struct.scope(scope);
    while (!take("}")) {
      if (peek().kind() == Token.Kind.END) {
        throw pos.error("this struct is never closed; add };");
      }
      if (take(";") || access()) {
        continue;
      }
      member(struct, name, statics);
    }
    closeScope();
    leave();
    struct.complete();
  }

  private boolean access() {
    if ((sees("public") || sees("private") || sees("protected")) && peek(1).is(":")) {
      at += 2;
      return true;
    }
    return false;
  }

  private void member(StructType struct, String name, Map<String, Expr.Const> statics) {
    if (sees("using") || sees("typedef")) {
      alias();
      return;
    }
    if (sees("static_assert")) {
      staticAssert();
      return;
    }
    if (sees("template")
        || sees("virtual")
        || sees("friend")
        || sees("~")
        || (sees(name) && peek(1).is("("))) {
      throw error(
          "constructors, destructors, virtual, friend and template members are not"
              + " supported; use braces and plain functions");
    }
    int begin = at;
    boolean isStatic = false;
    while (sees("static") || sees("inline") || sees("constexpr") || sees("constant")) {
      isStatic |= next().is("static");
    }
    at = begin;
    Specifiers specifiers = specifiers();
    if (take(";")) {
      anonymous(struct, specifiers);
      return;
    }
    do {
      Declarator d = declarator(specifiers, specifiers.type(), true);
      if (d.name() == null) {
        throw d.pos().error("the name of a member expected, not " + peek().describe());
      }
      if (sees("(")) {
        memberFunction(struct, d.name(), begin);
        return;
      }
      skipAttributes();
      oneMember(struct, d, specifiers, isStatic, statics);
    } while (take(","));
    expect(";", "after a member");
  }

  private void anonymous(StructType struct, Specifiers specifiers) {
    if (specifiers.type() instanceof StructType inner && inner.toString().startsWith("struct ")) {
      throw specifiers
          .pos()
          .error("unnamed structs and unions within a struct are not supported; name the member");
    }
  }

  private void oneMember(
      StructType struct,
      Declarator d,
      Specifiers specifiers,
      boolean isStatic,
      Map<String, Expr.Const> statics) {
    if (d.reference()) {
      throw d.pos().error("reference members are not supported; use a pointer");
    }
    if (isStatic) {
      expect("=", "after a static member");
      Expr value = Checker.implicit(assignment(), d.type(), "the static member");
      if (!(value instanceof Expr.Const c)) {
        throw d.pos().error("a static member must be a constant");
      }
      statics.put(d.name(), c);
      scope.put(d.name(), new Symbol.Enumerator(c));
      return;
    }
    checkObject(d.type(), false, d.pos());
    if (d.type() instanceof ArrayType array && array.count() == 0) {
      throw d.pos().error("an array member needs a size");
    }
    if (struct.field(d.name()) != null) {
      throw d.pos().error("a second member '" + d.name() + "'");
    }
    if (sees(":")) {
      throw error("bit fields are not supported; shift and mask");
    }
    Expr initial = take("=") || sees("{") ? initialiser(d.type(), d.name()) : null;
    struct.add(d.name(), d.type(), d.isConst(), initial);
    if (struct.size() > MOST_BYTES) {
      throw d.pos().error("a struct of over " + MOST_BYTES + " bytes");
    }
  }

  /** Keeps a member function as tokens: it is parsed for each address space that it is used in. */
  private void memberFunction(StructType struct, String name, int begin) {
    skipParentheses();
    while (!sees("{") && !sees(";")) {
      if (next().kind() == Token.Kind.END) {
        throw error("the body of '" + name + "' expected");
      }
    }
    if (sees(";")) {
      throw error("member functions must be defined within their struct");
    }
    rawBlock();
    List<Token> source = new ArrayList<>(tokens.subList(begin, at));
    source.add(new Token(Token.Kind.END, "", peek().pos(), true, true, Set.of()));
    struct
        .methods()
        .computeIfAbsent(name, n -> new ArrayList<>())
        .add(new TokenSlice(source, List.of(), List.of()));
  }

  private Type enumeration() {
    Pos pos = peek().pos();
    boolean scoped = take("class") || take("struct");
    String name = peek().isName() ? next().text() : "enum " + ++unnamed;
    Scalar underlying = Scalar.INT;
    if (take(":")) {
      if (!(typeName() instanceof Scalar s) || s.isFloat() || s == Scalar.BOOL) {
        throw pos.error("an enumeration rests on an integer type");
      }
      underlying = s;
    }
    if (!sees("{")) {
      if (scope.find(name) instanceof Symbol.TypeName t && t.type() instanceof EnumType) {
        return t.type();
      }
      EnumType declared = new EnumType(name, underlying, scoped);
      scope.put(name, new Symbol.TypeName(declared));
      return declared;
    }
    EnumType type = new EnumType(name, underlying, scoped);
    scope.put(name, new Symbol.TypeName(type));
    enumerators(type);
    return type;
  }

  private void enumerators(EnumType type) {
    expect("{", "before the enumerators");
    Map<String, Expr.Const> members = new HashMap<>();
    qualified.put(type.name(), members);
    long value = 0;
    while (!sees("}")) {
      Pos pos = peek().pos();
      String name = name("an enumerator");
      skipAttributes();
      if (take("=")) {
        value = constant("the value of an enumerator");
      }
      long bits = ScalarMath.normalise(type.underlying(), value++);
      Expr.Const constant = new Expr.Const(type, bits, pos);
      members.put(name, constant);
      if (!type.scoped()) {
        scope.put(name, new Symbol.Enumerator(constant));
      }
      if (!take(",")) {
        break;
      }
    }
    expect("}", "after the enumerators");
  }
}
