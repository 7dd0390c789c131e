package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Picks the function that a call means: the user's best overload, else the library's. */
final class CallResolver {
  private final Parsers all;

  CallResolver(Parsers all) {
    this.all = all;
  }

  /**
   * The call that a name with arguments means.
   *
   * @param own the user's functions of that name, or null
   * @param explicit the template arguments that it names, or null
   */
  Expr call(
      String name, Symbol.Overloads own, List<Object> explicit, List<Expr> arguments, Pos pos) {
    if (own != null) {
      Function function = explicit == null ? best(own.functions(), arguments, name, pos) : null;
      Builtin library = Builtin.named(name);
      if (function != null && library != null && LibraryCalls.takesExactly(library, arguments)) {
        if (isExact(function, arguments)) {
          throw pos.error(
              "this call of '%s' could mean your function or the library's; rename yours"
                  .formatted(name));
        }
        return LibraryCalls.call(library, arguments, all.body.function(), pos);
      }
      for (Symbol.FunctionTemplate template : own.templates()) {
        if (function == null) {
          function = all.templates.called(template, explicit, arguments, pos);
          function = function != null && fits(function, arguments) ? function : null;
        }
      }
      if (function != null) {
        return finish(function, arguments, pos);
      }
    }
    Builtin builtin = Builtin.named(name);
    if (builtin != null) {
      return LibraryCalls.call(builtin, arguments, all.body.function(), pos);
    }
    if (own == null) {
      throw pos.error(unknown(name));
    }
    StringBuilder types = new StringBuilder();
    arguments.forEach(a -> types.append(types.isEmpty() ? "" : ", ").append(a.type()));
    throw pos.error(
        "no '%s' takes (%s); there is %s"
            .formatted(name, types, own.functions().isEmpty() ? "a template" : own.functions()));
  }

  /** A call of a member function of what {@code object} points at. */
  Expr method(StructType struct, String name, Expr object, List<Expr> arguments, Pos pos) {
    Function function = all.methods.method(struct, name, object, arguments.size(), pos);
    List<Expr> given = new ArrayList<>();
    given.add(object);
    given.addAll(arguments);
    return finish(function, given, pos);
  }

  /** A call of a function that takes these arguments. */
  private Expr finish(Function function, List<Expr> given, Pos pos) {
    List<Expr> converted = new ArrayList<>();
    List<Var> parameters = function.declaredParameters();
    for (int i = 0; i < parameters.size(); i++) {
      Var parameter = parameters.get(i);
      Expr argument = i < given.size() ? given.get(i) : function.defaults().get(i);
      String what = "argument %d of '%s'".formatted(i + 1, function.name());
      converted.add(
          parameter.isReference()
              ? Pointers.reference(argument, (PointerType) parameter.type(), what)
              : Checker.implicit(argument, parameter.type(), what));
    }
    all.body.noteCall(function);
    if (given.size() < parameters.size()) {
      function.defaultCalls().forEach(all.body::noteCall);
    }
    Expr call = new Expr.Call(function, converted, pos);
    return function.returnsReference() ? Pointers.deref(call, pos) : call;
  }

  private static String unknown(String name) {
    if (name.equals("printf") || name.equals("os_log") || name.startsWith("log_")) {
      return "'" + name + "': printing from a kernel is not supported; write to a buffer";
    }
    if (name.startsWith("simd_") || name.startsWith("quad_")) {
      return "'"
          + name
          + "': functions across lanes are not supported here;"
          + " use threadgroup memory and threadgroup_barrier";
    }
    return "there is no function '" + name + "' here; declare it before its use";
  }

  private static Function best(List<Function> all, List<Expr> arguments, String name, Pos pos) {
    List<Function> viable = new ArrayList<>();
    for (Function function : all) {
      if (fits(function, arguments)) {
        viable.add(function);
      }
    }
    for (Function candidate : viable) {
      boolean wins = true;
      for (Function other : viable) {
        wins &= candidate == other || better(candidate, other, arguments);
      }
      if (wins) {
        return candidate;
      }
    }
    if (!viable.isEmpty()) {
      throw pos.error(
          "this call of '%s' could mean any of %s; cast the arguments".formatted(name, viable));
    }
    return null;
  }

  private static boolean isExact(Function function, List<Expr> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (rank(function.declaredParameters().get(i), arguments.get(i)) != Checker.EXACT) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Function function, List<Expr> arguments) {
    List<Var> parameters = function.declaredParameters();
    if (arguments.size() > parameters.size()) {
      return false;
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (i >= arguments.size()) {
        if (function.defaults().get(i) == null) {
          return false;
        }
      } else if (rank(parameters.get(i), arguments.get(i)) == Checker.IMPOSSIBLE) {
        return false;
      }
    }
    return true;
  }

  private static boolean better(Function a, Function b, List<Expr> arguments) {
    boolean better = false;
    for (int i = 0; i < arguments.size(); i++) {
      int left = rank(a.declaredParameters().get(i), arguments.get(i));
      int right = rank(b.declaredParameters().get(i), arguments.get(i));
      if (left > right) {
        return false;
      }
      better |= left < right;
    }
    return better;
  }

  private static int rank(Var parameter, Expr argument) {
    if (!parameter.isReference()) {
      return Checker.fit(argument, parameter.type());
    }
    PointerType wanted = (PointerType) parameter.type();
    if (argument.type().equals(wanted.to()) && Checker.isPlace(argument)) {
      boolean space = Checker.space(argument) == wanted.space();
      boolean writable =
          wanted.readOnly() || !Checker.readOnly(argument) || wanted.space() == Space.CONSTANT;
      if (space && writable) {
        return Checker.EXACT;
      }
    }
    return wanted.readOnly() && wanted.space() == Space.THREAD
        ? Checker.fit(argument, wanted.to())
        : Checker.IMPOSSIBLE;
  }
}
