package dev.axon64.metal.msl;

import java.util.List;

/** Parses functions and kernels. */
final class FunctionParser {
  private final Parsers all;
  private final TokenCursor cursor;

  FunctionParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /** All functions of a name in the innermost scope; none yet if the name is new. */
  Symbol.Overloads overloads(String name, Pos pos) {
    Symbol symbol = cursor.scope.here(name);
    if (symbol instanceof Symbol.Overloads overloads) {
      return overloads;
    }
    if (symbol != null) {
      throw pos.error("'" + name + "' is already something else");
    }
    Symbol.Overloads overloads = new Symbol.Overloads();
    cursor.scope.put(name, overloads);
    return overloads;
  }

  /**
   * What stands before the name of a function.
   *
   * @param kernel true if it is marked as a kernel
   */
  record Head(boolean kernel, Specifiers specifiers) {}

  /** Parses specifiers among which {@code kernel} may stand, as in {@code static kernel void}. */
  Head head() {
    boolean kernel = kernelMark();
    int begin = cursor.at;
    while (cursor.sees("static") || cursor.sees("inline") || cursor.sees("extern")) {
      cursor.next();
    }
    if (!kernel && cursor.take("kernel")) {
      kernel = true;
    } else {
      cursor.at = begin;
    }
    return new Head(kernel, all.specifiers.parse());
  }

  private boolean kernelMark() {
    boolean kernel = false;
    while (cursor.sees("kernel") || (cursor.sees("[") && cursor.peek(1).is("["))) {
      if (cursor.take("kernel")) {
        kernel = true;
      } else {
        int begin = cursor.at;
        cursor.skipAttributes();
        for (int i = begin; i < cursor.at; i++) {
          kernel |= cursor.tokens.get(i).is("kernel");
        }
      }
    }
    return kernel;
  }

  /** Parses the rest of a declaration or definition, from the parameters on. */
  Function function(Specifiers specifiers, Declarator d, boolean kernel) {
    Pos pos = d.pos();
    if (specifiers.auto()) {
      throw pos.error("auto results are not supported; name the type");
    }
    Type result = result(d);
    cursor.openScope();
    ParameterParser.Parameters parameters = all.parameters.parse(kernel);
    cursor.skipAttributes();
    while (cursor.take("const") || cursor.take("noexcept")) {
      continue;
    }
    if (kernel && result != VoidType.VOID) {
      throw pos.error("a kernel returns void, not " + result);
    }
    Function function = enterFunction(d.name(), result, parameters, kernel, pos);
    if (d.reference()) {
      function.markReference();
    }
    definition(function, parameters);
    cursor.closeScope();
    return function;
  }

  private Type result(Declarator d) {
    Type type = d.type();
    if (type instanceof ArrayType) {
      throw d.pos().error("a function cannot return an array");
    }
    if (d.reference()) {
      return new PointerType(type, d.space() == null ? Space.THREAD : d.space(), d.isConst());
    }
    if (type != VoidType.VOID) {
      all.variables.checkObject(type, false, d.pos());
    }
    return type instanceof VectorType v ? v.unpacked() : type;
  }

  private Function enterFunction(
      String name, Type result, ParameterParser.Parameters parameters, boolean kernel, Pos pos) {
    Scope inner = cursor.scope;
    cursor.scope = inner.outer;
    Symbol.Overloads overloads = overloads(name, pos);
    cursor.scope = inner;
    for (Function known : overloads.functions()) {
      if (sameTypes(known.declaredParameters(), parameters.vars())) {
        if (!known.result().equals(result)) {
          throw pos.error("'%s' returns %s at %s".formatted(known, known.result(), known.pos()));
        }
        return known;
      }
    }
    Function function = new Function(name, result, parameters, kernel, pos);
    overloads.functions().add(function);
    all.declared.functions.add(function);
    return function;
  }

  private static boolean sameTypes(List<Var> a, List<Var> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).type().equals(b.get(i).type())
          || a.get(i).isReference() != b.get(i).isReference()) {
        return false;
      }
    }
    return true;
  }

  private void definition(Function function, ParameterParser.Parameters parameters) {
    if (cursor.take(";")) {
      return;
    }
    if (function.body() != null) {
      throw function.pos().error("'" + function + "' is defined twice");
    }
    if (!cursor.sees("{")) {
      throw cursor.error(
          "'{' expected before the body of '%s', not %s"
              .formatted(function.name(), cursor.peek().describe()));
    }
    function.kernelParameters(List.copyOf(parameters.bindings()));
    function.define(parameters.vars(), body(function, null));
  }

  /** Parses a block as a function's body; {@code self} is null outside member functions. */
  Stmt.Block body(Function function, Var self) {
    Body outer = all.body;
    all.body = new Body(function, self);
    Stmt.Block block = all.statements.block();
    all.body = outer;
    return block;
  }
}
