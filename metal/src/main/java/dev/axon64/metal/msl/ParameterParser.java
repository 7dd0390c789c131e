package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Parses the parameters of functions and kernels. */
final class ParameterParser {
  private final Parsers all;
  private final TokenCursor cursor;

  ParameterParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /**
   * What a parameter list says.
   *
   * @param defaults one for each parameter, null if it has none
   * @param defaultCalls the functions that the defaults call
   * @param bindings what feeds each parameter of a kernel; empty for other functions
   */
  record Parameters(
      List<Var> vars,
      List<Expr> defaults,
      Set<Function> defaultCalls,
      List<KernelParameter> bindings) {
    Parameters() {
      this(new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>(), new ArrayList<>());
    }
  }

  Parameters parse(boolean kernel) {
    cursor.expect("(", "before the parameters");
    Parameters parameters = new Parameters();
    if (cursor.sees("void") && cursor.peek(1).is(")")) {
      cursor.next();
    }
    if (!cursor.sees(")")) {
      do {
        if (cursor.sees("...")) {
          throw cursor.error("variable arguments are not supported");
        }
        parameter(parameters, kernel);
      } while (cursor.take(","));
    }
    cursor.expect(")", "after the parameters");
    return parameters;
  }

  private void parameter(Parameters to, boolean kernel) {
    KernelBindings.Attribute before = KernelBindings.attribute(all);
    Specifiers specifiers = all.specifiers.parse();
    if (specifiers.auto()) {
      throw specifiers.pos().error("auto parameters are not supported");
    }
    Var var = variable(all.declarators.parse(specifiers, true));
    KernelBindings.Attribute after = KernelBindings.attribute(all);
    Expr initial = null;
    if (cursor.take("=")) {
      initial = initial(var, to);
    }
    if (kernel) {
      to.bindings().add(KernelBindings.bind(var, after == null ? before : after, to.bindings()));
    }
    to.vars().add(var);
    to.defaults().add(initial);
    if (!var.name().isEmpty()) {
      all.variables.declare(var);
    }
  }

  /** Parses the default of a parameter. What it calls, each call that uses it will call. */
  private Expr initial(Var var, Parameters to) {
    Body outer = all.body;
    all.body = new Body(null, null);
    String what = "the default of '" + var.name() + "'";
    Expr initial = Checker.implicit(all.expressions.assignment(), var.type(), what);
    to.defaultCalls().addAll(all.body.calls());
    all.body = outer;
    return initial;
  }

  private Var variable(Declarator d) {
    Type type = d.type();
    Space space = d.space() == null ? Space.THREAD : d.space();
    boolean isConst = d.isConst();
    if (type == VoidType.VOID) {
      throw d.pos().error("a parameter cannot be void");
    }
    if (d.reference()) {
      type = new PointerType(type, space, isConst);
      isConst = true;
    } else if (type instanceof ArrayType array) {
      type = new PointerType(array.element(), space, isConst);
      isConst = false;
    } else {
      all.variables.checkObject(type, false, d.pos());
      type = type instanceof VectorType v ? v.unpacked() : type;
    }
    String name = d.name() == null ? "" : d.name();
    return new Var(name, type, Space.THREAD, isConst, d.reference(), d.pos());
  }
}
