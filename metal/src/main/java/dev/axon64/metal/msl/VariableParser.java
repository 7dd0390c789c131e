package dev.axon64.metal.msl;

import java.util.List;

/** Parses declarations of variables and constants. */
final class VariableParser {
  private final Parsers all;
  private final TokenCursor cursor;

  VariableParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** True if a type begins here, and not as the name of a conversion: {@code float(x)}. */
  boolean startsDeclaration() {
    if (!all.types.startsType()) {
      return false;
    }
    int save = cursor.at;
    all.types.skipNamespaces();
    Token after = cursor.peek(1);
    boolean word =
        SpecifierParser.space(cursor.peek()) == null
            && !cursor.sees("const")
            && !cursor.sees("constexpr");
    cursor.at = save;
    return !(word && (after.is("(") || after.is("{") || after.is("::"))) || cursor.sees("struct");
  }

  void declaration(List<Stmt> out) {
    Specifiers specifiers = all.specifiers.parse();
    if (cursor.take(";")) {
      return;
    }
    do {
      Declarator declarator = all.declarators.parse(specifiers, true);
      if (declarator.name() == null) {
        throw declarator
            .pos()
            .error("the name of a variable expected, not " + cursor.peek().describe());
      }
      cursor.skipAttributes();
      variable(specifiers, declarator, out);
    } while (cursor.take(","));
    cursor.expect(";", "after a declaration");
  }

  /** Its name means the variable from here on, in its own initialiser too. */
  private void variable(Specifiers specifiers, Declarator declarator, List<Stmt> out) {
    String around = all.names.declaring(declarator.name());
    object(specifiers, declarator, out);
    all.names.declaring(around);
  }

  private void object(Specifiers specifiers, Declarator declarator, List<Stmt> out) {
    if (declarator.reference()) {
      referenceVariable(specifiers, declarator, out);
      return;
    }
    if (specifiers.auto()) {
      autoVariable(specifiers, declarator, out);
      return;
    }
    checkObject(declarator.type(), declarator.openArray(), declarator.pos());
    switch (declarator.space()) {
      case THREADGROUP -> sharedVariable(declarator);
      case CONSTANT -> fileConstant(declarator);
      case DEVICE ->
          throw declarator.pos().error("a variable cannot live in device memory; pass a buffer");
      case THREAD -> threadVariable(declarator, out);
      case null -> threadVariable(declarator, out);
    }
  }

  private void sharedVariable(Declarator d) {
    Var var = new Var(d.name(), d.type(), Space.THREADGROUP, false, false, d.pos());
    if (cursor.sees("=") || cursor.sees("{")) {
      throw cursor.error("threadgroup variables have no initialiser; assign, then use a barrier");
    }
    all.declared.shared.add(var);
    declare(var);
  }

  private void threadVariable(Declarator d, List<Stmt> out) {
    if (d.type().holdsAtomic()) {
      throw d.pos()
          .error("atomics live in device or threadgroup memory; '" + d.name() + "' is neither");
    }
    Expr initial = initialiser(d);
    if (d.openArray() && initial == null) {
      throw d.pos().error("an array without a size needs an initialiser");
    }
    Type type = d.openArray() ? initial.type() : d.type();
    local(d.name(), type, d.isConst(), initial, d.pos(), out);
  }

  /** The value that a declaration gives, or null for none. */
  private Expr initialiser(Declarator declarator) {
    Type type = declarator.type();
    if (cursor.take("=") || cursor.sees("{")) {
      return all.initialisers.initialiser(type, declarator.name());
    }
    if (cursor.sees("(")) {
      Pos pos = cursor.peek().pos();
      List<Expr> arguments = all.operands.arguments();
      return Checker.implicit(
          all.primaries.construct(type, arguments, pos),
          type,
          "the initialiser of '" + declarator.name() + "'");
    }
    return type instanceof StructType struct && struct.hasInitialisers()
        ? all.initialisers.zero(struct, declarator.pos())
        : null;
  }

  private void local(
      String name, Type type, boolean isConst, Expr initial, Pos pos, List<Stmt> out) {
    Type held = type instanceof VectorType v ? v.unpacked() : type;
    Var var = new Var(name, held, Space.THREAD, isConst, false, pos);
    Expr value = initial == null ? null : Checker.convert(initial, held);
    if (isConst && held.isScalar() && value instanceof Expr.Const c) {
      var.value(c);
    }
    declare(var);
    if (value != null) {
      cursor.scope.initialise(name);
    }
    out.add(new Stmt.Declare(var, value, pos));
  }

  private void autoVariable(Specifiers specifiers, Declarator declarator, List<Stmt> out) {
    cursor.expect("=", "after an auto variable");
    Expr value = Checker.value(all.expressions.assignment());
    checkObject(value.type(), false, declarator.pos());
    local(declarator.name(), value.type(), specifiers.isConst(), value, declarator.pos(), out);
  }

  private void referenceVariable(Specifiers specifiers, Declarator d, List<Stmt> out) {
    if (!cursor.take("=") && !cursor.sees("{") && !cursor.sees("(")) {
      throw d.pos().error("a reference needs an initialiser");
    }
    boolean closed = cursor.take("(") || cursor.take("{");
    Expr target = all.expressions.assignment();
    if (closed && !cursor.take(")")) {
      cursor.expect("}", "after the initialiser of a reference");
    }
    Space space = d.space() != null ? d.space() : Checker.space(target);
    Type to = d.type() == null ? target.type() : d.type();
    PointerType type =
        new PointerType(to, space, d.isConst() || (specifiers.auto() && Checker.readOnly(target)));
    Expr pointer = Pointers.reference(target, type, "the initialiser of '" + d.name() + "'");
    Var var = new Var(d.name(), type, Space.THREAD, true, true, d.pos());
    declare(var);
    cursor.scope.initialise(var.name());
    out.add(new Stmt.Declare(var, pointer, d.pos()));
  }

  /** Refuses types that no object can have. */
  void checkObject(Type type, boolean openArray, Pos pos) {
    if (type == null) {
      throw pos.error("auto cannot stand here; name the type");
    }
    if (type == VoidType.VOID) {
      throw pos.error("a variable cannot be void");
    }
    if (!openArray) {
      Pointers.sizeOf(type, pos);
    }
  }

  /** Brings a variable into scope. */
  void declare(Var var) {
    if (cursor.scope.here(var.name()) instanceof Symbol.Variable old) {
      throw var.pos()
          .error("'%s' is declared already at %s".formatted(var.name(), old.var().pos()));
    }
    cursor.scope.put(var.name(), new Symbol.Variable(var));
  }

  /** A constant with static storage, after its declarator. */
  void fileConstant(Declarator d) {
    Expr initial = initialiser(d);
    if (initial == null) {
      throw d.pos().error("the constant '" + d.name() + "' needs a value");
    }
    if (!ConstantBytes.isConstant(initial)) {
      throw initial.pos().error("the value of '" + d.name() + "' is not known when compiling");
    }
    Type type = d.openArray() ? initial.type() : d.type();
    if (type instanceof VectorType v) {
      type = v.unpacked();
    }
    Var var = new Var(d.name(), type, Space.CONSTANT, true, false, d.pos());
    if (initial instanceof Expr.Const c && type.isScalar()) {
      var.value(c);
    }
    var.initial(initial);
    all.declared.constants.add(var);
    declare(var);
  }
}
