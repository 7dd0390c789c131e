package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Parses structs and unions. */
final class RecordParser {
  private final Parsers all;
  private final TokenCursor cursor;

  RecordParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** Parses a struct or union from behind its keyword on: a use of its name or a definition. */
  StructType record(String keyword) {
    cursor.skipAttributes();
    Pos pos = cursor.peek().pos();
    String name = cursor.peek().isName() ? cursor.next().text() : all.declared.nameFor("struct");
    cursor.skipAttributes();
    if (cursor.sees("{")) {
      return definition(keyword, name, pos);
    }
    if (cursor.sees(":")) {
      throw cursor.error("inheritance is not supported; make the base a member");
    }
    return cursor.scope.find(name) instanceof Symbol.TypeName type
            && type.type() instanceof StructType known
        ? known
        : declare(keyword, name);
  }

  private StructType declare(String keyword, String name) {
    StructType declared = new StructType(name, keyword.equals("union"));
    cursor.scope.put(name, new Symbol.TypeName(declared));
    return declared;
  }

  private StructType definition(String keyword, String name, Pos pos) {
    StructType struct =
        cursor.scope.here(name) instanceof Symbol.TypeName type
                && type.type() instanceof StructType declared
            ? declared
            : declare(keyword, name);
    if (struct.isComplete()) {
      throw pos.error("struct '" + name + "' is defined already");
    }
    members(struct, name);
    return struct;
  }

  private void members(StructType struct, String name) {
    Pos pos = cursor.expect("{", "before the members").pos();
    cursor.enter();
    all.declared.qualified.put(struct, new HashMap<>());
    cursor.openScope();
    struct.scope(cursor.scope);
    while (!cursor.take("}")) {
      if (cursor.peek().kind() == Token.Kind.END) {
        throw pos.error("this struct is never closed; add };");
      }
      if (cursor.take(";") || access()) {
        continue;
      }
      member(struct, name);
    }
    cursor.closeScope();
    cursor.leave();
    struct.complete();
  }

  private boolean access() {
    if ((cursor.sees("public") || cursor.sees("private") || cursor.sees("protected"))
        && cursor.peek(1).is(":")) {
      cursor.at += 2;
      return true;
    }
    return false;
  }

  private void member(StructType struct, String name) {
    if (cursor.sees("using") || cursor.sees("typedef")) {
      all.aliases.parse();
      return;
    }
    if (cursor.sees("static_assert")) {
      all.statements.staticAssert();
      return;
    }
    if (startsRefused(name)) {
      throw cursor.error(
          "constructors, destructors, virtual, friend and template members are not"
              + " supported; use braces and plain functions");
    }
    int begin = cursor.at;
    boolean isStatic = startsStatic();
    Specifiers specifiers = all.specifiers.parse();
    if (cursor.take(";")) {
      refuseUnnamed(specifiers);
      return;
    }
    do {
      Declarator d = all.declarators.parse(specifiers, true);
      if (d.name() == null) {
        throw d.pos().error("the name of a member expected, not " + cursor.peek().describe());
      }
      if (cursor.sees("(")) {
        memberFunction(struct, d.name(), begin);
        return;
      }
      cursor.skipAttributes();
      if (isStatic) {
        staticMember(struct, d);
      } else {
        field(struct, d);
      }
    } while (cursor.take(","));
    cursor.expect(";", "after a member");
  }

  private boolean startsRefused(String struct) {
    return cursor.sees("template")
        || cursor.sees("virtual")
        || cursor.sees("friend")
        || cursor.sees("~")
        || (cursor.sees(struct) && cursor.peek(1).is("("));
  }

  /** True if {@code static} is among the first words of the member. */
  private boolean startsStatic() {
    int begin = cursor.at;
    boolean isStatic = false;
    while (cursor.sees("static")
        || cursor.sees("inline")
        || cursor.sees("constexpr")
        || cursor.sees("constant")) {
      isStatic |= cursor.next().is("static");
    }
    cursor.at = begin;
    return isStatic;
  }

  private static void refuseUnnamed(Specifiers specifiers) {
    if (specifiers.type() instanceof StructType inner && inner.toString().startsWith("struct ")) {
      throw specifiers
          .pos()
          .error("unnamed structs and unions within a struct are not supported; name the member");
    }
  }

  private static void refuseReference(Declarator d) {
    if (d.reference()) {
      throw d.pos().error("reference members are not supported; use a pointer");
    }
  }

  private void staticMember(StructType struct, Declarator d) {
    refuseReference(d);
    cursor.expect("=", "after a static member");
    Expr value = Checker.implicit(all.expressions.assignment(), d.type(), "the static member");
    if (!(value instanceof Expr.Const c)) {
      throw d.pos().error("a static member must be a constant");
    }
    all.declared.qualified.get(struct).put(d.name(), c);
    cursor.scope.put(d.name(), new Symbol.Enumerator(c));
  }

  private void field(StructType struct, Declarator d) {
    refuseReference(d);
    all.variables.checkObject(d.type(), false, d.pos());
    if (d.type() instanceof ArrayType array && array.count() == 0) {
      throw d.pos().error("an array member needs a size");
    }
    if (struct.field(d.name()) != null) {
      throw d.pos().error("a second member '" + d.name() + "'");
    }
    if (cursor.sees(":")) {
      throw cursor.error("bit fields are not supported; shift and mask");
    }
    Expr initial =
        cursor.take("=") || cursor.sees("{")
            ? all.initialisers.initialiser(d.type(), d.name())
            : null;
    struct.add(d.name(), d.type(), d.isConst(), initial);
    if (struct.size() > DeclaratorParser.MOST_BYTES) {
      throw d.pos().error("a struct of over " + DeclaratorParser.MOST_BYTES + " bytes");
    }
  }

  /** Keeps a member function as tokens, to parse it for each address space that it is used in. */
  private void memberFunction(StructType struct, String name, int begin) {
    cursor.skipParentheses();
    while (!cursor.sees("{") && !cursor.sees(";")) {
      if (cursor.next().kind() == Token.Kind.END) {
        throw cursor.error("the body of '" + name + "' expected");
      }
    }
    if (cursor.sees(";")) {
      throw cursor.error("member functions must be defined within their struct");
    }
    cursor.skipBlock();
    struct
        .methods()
        .computeIfAbsent(name, n -> new ArrayList<>())
        .add(new TokenSlice(cursor.copyFrom(begin), List.of(), List.of()));
  }
}
