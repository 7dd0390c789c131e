package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Parses functions, kernels, and the instances of templates and member functions. */
abstract class FunctionParser extends StatementParser {
  private static final int MOST_INSTANCES = 2000;

  final List<Function> functions = new ArrayList<>();
  private final Map<String, Function> methodInstances = new HashMap<>();
  private int instances;

  FunctionParser(List<Token> tokens) {
    super(tokens);
  }

  Symbol.Overloads overloads(String name, Pos pos) {
    Symbol symbol = scope.here(name);
    if (symbol instanceof Symbol.Overloads overloads) {
      return overloads;
    }
    if (symbol != null) {
      throw pos.error("'" + name + "' is already something else");
    }
    Symbol.Overloads overloads = new Symbol.Overloads();
    scope.put(name, overloads);
    return overloads;
  }

  /** A function, or variables in constant memory. */
  void declarationOrFunction() {
    boolean kernel = kernelMark();
    Specifiers specifiers = specifiersWithKernel(kernel);
    kernel |= lastKernelMark;
    if (take(";")) {
      return;
    }
    while (true) {
      Declarator d = declarator(specifiers, specifiers.type(), true);
      if (d.name() == null) {
        throw d.pos().error("a name expected, not " + peek().describe());
      }
      if (sees("(")) {
        function(specifiers, d, kernel);
        return;
      }
      skipAttributesOfConstant();
      if (d.space() != Space.CONSTANT && !(specifiers.isConst() && d.space() == null)) {
        throw d.pos()
            .error(
                "the file-scope variable '%s' must be constant: constant %s %s = ..."
                    .formatted(d.name(), d.type(), d.name()));
      }
      checkObject(d.type(), d.openArray(), d.pos());
      fileConstant(d);
      if (!take(",")) {
        expect(";", "after a declaration");
        return;
      }
    }
  }

  private void skipAttributesOfConstant() {
    if (sees("[") && peek(1).is("[") && peek(2).is("function_constant")) {
      throw error("function constants are not supported; use constant int N = ...;");
    }
    skipAttributes();
  }

  private boolean lastKernelMark;

  private boolean kernelMark() {
    boolean kernel = false;
    while (sees("kernel") || (sees("[") && peek(1).is("["))) {
      if (take("kernel")) {
        kernel = true;
      } else {
        int begin = at;
        skipAttributes();
        for (int i = begin; i < at; i++) {
          kernel |= tokens.get(i).is("kernel");
        }
      }
    }
    return kernel;
  }

  /** Specifiers among which {@code kernel} may stand, as in {@code static kernel void f()}. */
  private Specifiers specifiersWithKernel(boolean already) {
    lastKernelMark = false;
    int save = at;
    while (sees("static") || sees("inline") || sees("extern")) {
      next();
    }
    if (!already && sees("kernel")) {
      next();
      lastKernelMark = true;
    } else {
      at = save;
    }
    return specifiers();
  }

  Function function(Specifiers specifiers, Declarator d, boolean kernel) {
    Pos pos = d.pos();
    if (specifiers.auto()) {
      throw pos.error("auto results are not supported; name the type");
    }
    Type result = d.type();
    if (result instanceof ArrayType) {
      throw pos.error("a function cannot return an array");
    }
    if (d.reference()) {
      Space space = d.space() == null ? Space.THREAD : d.space();
      result = new PointerType(result, space, d.isConst());
    } else {
      if (result != VoidType.VOID) {
        checkObject(result, false, pos);
      }
      if (result instanceof VectorType v) {
        result = v.unpacked();
      }
    }
    openScope();
    Parameters parameters = parameters(kernel);
    skipAttributes();
    while (take("const") || take("noexcept")) {
      continue;
    }
    if (kernel && result != VoidType.VOID) {
      throw pos.error("a kernel returns void, not " + result);
    }
    Function function = enterFunction(d.name(), result, parameters, kernel, pos);
    if (d.reference()) {
      function.markReference();
    }
    body(function, parameters);
    closeScope();
    return function;
  }

  /** What a parameter list says. */
  record Parameters(List<Var> vars, List<Expr> defaults, List<KernelParameter> bindings) {}

  private Parameters parameters(boolean kernel) {
    expect("(", "before the parameters");
    Parameters all = new Parameters(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (sees("void") && peek(1).is(")")) {
      next();
    }
    if (!sees(")")) {
      do {
        if (sees("...")) {
          throw error("variable arguments are not supported");
        }
        parameter(all, kernel);
      } while (take(","));
    }
    expect(")", "after the parameters");
    return all;
  }

  private void parameter(Parameters all, boolean kernel) {
    KernelBindings.Attribute before = KernelBindings.attribute(this);
    Specifiers specifiers = specifiers();
    if (specifiers.auto()) {
      throw specifiers.pos().error("auto parameters are not supported");
    }
    Declarator d = declarator(specifiers, specifiers.type(), true);
    Pos pos = d.pos();
    Type type = d.type();
    Space space = d.space();
    if (type == VoidType.VOID) {
      throw pos.error("a parameter cannot be void");
    }
    boolean isConst = d.isConst();
    if (d.reference()) {
      type = new PointerType(type, space == null ? Space.THREAD : space, isConst);
      isConst = true;
    } else if (type instanceof ArrayType array) {
      type = new PointerType(array.element(), space == null ? Space.THREAD : space, isConst);
      isConst = false;
    } else {
      checkObject(type, false, pos);
      if (type instanceof VectorType v) {
        type = v.unpacked();
      }
    }
    String name = d.name() == null ? "" : d.name();
    Var var = new Var(name, type, Space.THREAD, isConst, d.reference(), pos);
    KernelBindings.Attribute attribute = KernelBindings.attribute(this);
    Expr initial = null;
    if (take("=")) {
      initial = Checker.implicit(assignment(), type, "the default of '" + name + "'");
    }
    if (kernel) {
      all.bindings()
          .add(KernelBindings.bind(var, attribute == null ? before : attribute, all.bindings()));
    }
    all.vars().add(var);
    all.defaults().add(initial);
    if (!name.isEmpty()) {
      declare(var);
    }
  }

  private Function enterFunction(
      String name, Type result, Parameters parameters, boolean kernel, Pos pos) {
    Scope inner = scope;
    scope = inner.outer;
    Symbol.Overloads overloads = overloads(name, pos);
    scope = inner;
    for (Function known : overloads.functions()) {
      if (sameTypes(known.declaredParameters(), parameters.vars())) {
        if (!known.result().equals(result)) {
          throw pos.error("'%s' returns %s at %s".formatted(known, known.result(), known.pos()));
        }
        return known;
      }
    }
    Function function =
        new Function(name, result, parameters.vars(), parameters.defaults(), kernel, pos);
    overloads.functions().add(function);
    functions.add(function);
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

  private void body(Function function, Parameters parameters) {
    if (take(";")) {
      return;
    }
    if (function.body() != null) {
      throw function.pos().error("'" + function + "' is defined twice");
    }
    if (!sees("{")) {
      throw error(
          "'{' expected before the body of '%s', not %s"
              .formatted(function.name(), peek().describe()));
    }
    BodyState saved = saveBody();
    current = function;
    function.kernelParameters(List.copyOf(parameters.bindings()));
    Stmt.Block block = block();
    restoreBody(saved);
    function.define(parameters.vars(), block);
  }

  @Override
  Function instantiate(
      Symbol.FunctionTemplate template, List<Object> explicit, List<Expr> arguments, Pos pos) {
    List<Object> all = new ArrayList<>(explicit == null ? List.of() : explicit);
    List<String> names = template.source().typeParameters();
    if (all.size() < names.size() && !deduce(template, all, arguments, pos)) {
      return null;
    }
    return instance(template, all, null, pos);
  }

  /** Adds the template arguments that the call's arguments tell. */
  private boolean deduce(
      Symbol.FunctionTemplate template, List<Object> known, List<Expr> arguments, Pos pos) {
    TokenSlice slice = template.source();
    Map<Type, Type> found = new HashMap<>();
    List<Type> unknown = new ArrayList<>();
    List<Var> parameters =
        within(
            slice,
            () -> {
              for (int i = 0; i < slice.typeParameters().size(); i++) {
                String name = slice.typeParameters().get(i);
                StructType open = new StructType(name, false);
                open.complete();
                unknown.add(open);
                Object value = i < known.size() ? known.get(i) : slice.isValue().get(i) ? 1L : open;
                bind(name, value, pos);
              }
              kernelMark();
              Specifiers specifiers = specifiers();
              declarator(specifiers, specifiers.type(), true);
              return parameters(false).vars();
            });
    for (int i = 0; i < Math.min(parameters.size(), arguments.size()); i++) {
      Type wanted = parameters.get(i).type();
      if (parameters.get(i).isReference()) {
        unify(((PointerType) wanted).to(), arguments.get(i).type(), found);
      } else {
        unify(wanted, Checker.value(arguments.get(i)).type(), found);
      }
    }
    for (int i = known.size(); i < unknown.size(); i++) {
      Type type = found.get(unknown.get(i));
      if (type == null) {
        return false;
      }
      known.add(type);
    }
    return true;
  }

  private static void unify(Type wanted, Type given, Map<Type, Type> found) {
    if (wanted instanceof StructType) {
      found.putIfAbsent(wanted, given);
    } else if (wanted instanceof PointerType w && given instanceof PointerType g) {
      unify(w.to(), g.to(), found);
    } else if (wanted instanceof ArrayType w && given instanceof ArrayType g) {
      unify(w.element(), g.element(), found);
    }
  }

  private void bind(String name, Object argument, Pos pos) {
    scope.put(
        name,
        argument instanceof Type type
            ? new Symbol.TypeName(type)
            : new Symbol.Enumerator(new Expr.Const(Scalar.INT, (int) (long) (Long) argument, pos)));
  }

  /** Runs {@code action} with the parser reading {@code slice} at file scope. */
  private <T> T within(TokenSlice slice, Supplier<T> action) {
    enter();
    List<Token> outerTokens = tokens;
    int outerAt = at;
    Scope outerScope = scope;
    BodyState state = saveBody();
    tokens = slice.tokens();
    at = 0;
    while (scope.outer != null) {
      scope = scope.outer;
    }
    openScope();
    current = state.current();
    T result = action.get();
    restoreBody(state);
    scope = outerScope;
    at = outerAt;
    tokens = outerTokens;
    leave();
    return result;
  }

  Function instance(
      Symbol.FunctionTemplate template, List<Object> arguments, String host, Pos pos) {
    String key = (host == null ? template.name() : host) + arguments;
    Function known = template.instances().get(key);
    if (known != null) {
      return known;
    }
    Function function =
        instantiate(
            template.name(),
            template.source(),
            arguments,
            pos,
            () -> {
              boolean kernel = kernelMark();
              Specifiers specifiers = specifiersWithKernel(kernel);
              kernel |= lastKernelMark;
              Declarator d = declarator(specifiers, specifiers.type(), true);
              String name = host != null ? host : d.name();
              Declarator renamed =
                  new Declarator(
                      name, d.type(), d.space(), d.isConst(), d.reference(), false, d.pos());
              return function(specifiers, renamed, kernel && host != null);
            });
    template.instances().put(key, function);
    return function;
  }

  private void limitInstances(Pos pos) {
    if (++instances > MOST_INSTANCES) {
      throw pos.error("over " + MOST_INSTANCES + " template instances");
    }
  }

  /** Reads a template with its parameters bound to arguments. */
  private <T> T instantiate(
      String template, TokenSlice source, List<Object> arguments, Pos pos, Supplier<T> read) {
    if (arguments.size() != source.typeParameters().size()) {
      throw pos.error(
          "template '%s' takes %d arguments".formatted(template, source.typeParameters().size()));
    }
    limitInstances(pos);
    return within(
        source,
        () -> {
          for (int i = 0; i < arguments.size(); i++) {
            bind(source.typeParameters().get(i), arguments.get(i), pos);
          }
          return read.get();
        });
  }

  @Override
  Type structInstance(Symbol.StructTemplate template) {
    Pos pos = peek().pos();
    if (!sees("<")) {
      throw pos.error("template '" + template.name() + "' needs its arguments: <...>");
    }
    List<Object> arguments = ((PrimaryParser) this).templateArguments();
    String key = template.name() + arguments.toString().replace('[', '<').replace(']', '>');
    StructType known = template.instances().get(key);
    if (known != null) {
      return known;
    }
    StructType struct =
        instantiate(
            template.name(),
            template.source(),
            arguments,
            pos,
            () -> (StructType) specifiers().type());
    template.instances().put(key, struct);
    return struct;
  }

  @Override
  Function method(StructType struct, String name, Expr object, int count, Pos pos) {
    List<TokenSlice> slices = struct.methods().get(name);
    if (slices == null) {
      throw pos.error("struct '%s' has no function '%s'".formatted(struct, name));
    }
    PointerType selfType = (PointerType) object.type();
    for (int i = 0; i < slices.size(); i++) {
      String key = struct.toString() + System.identityHashCode(struct) + "." + name + i + selfType;
      Function known = methodInstances.get(key);
      if (known == null) {
        limitInstances(pos);
        TokenSlice slice = slices.get(i);
        known = within(slice, () -> methodInstance(struct, selfType, pos));
        methodInstances.put(key, known);
      }
      if (known.declaredParameters().size() == count + 1) {
        return known;
      }
    }
    throw pos.error("no '%s' of '%s' takes %d arguments".formatted(name, struct, count));
  }

  private Function methodInstance(StructType struct, PointerType selfType, Pos pos) {
    scope = new Scope(struct.scope());
    Specifiers specifiers = specifiers();
    Declarator d = declarator(specifiers, specifiers.type(), true);
    openScope();
    Parameters parameters = parameters(false);
    while (take("const") || take("thread") || take("device") || take("constant")) {
      continue;
    }
    Var object = new Var("this", selfType, Space.THREAD, true, false, pos);
    parameters.vars().add(0, object);
    parameters.defaults().add(0, null);
    Type result = d.type() instanceof VectorType v ? v.unpacked() : d.type();
    if (d.reference()) {
      throw pos.error("member functions that return references are not supported");
    }
    Function function =
        new Function(
            struct + "::" + d.name(),
            result,
            parameters.vars(),
            parameters.defaults(),
            false,
            d.pos());
    functions.add(function);
    BodyState saved = saveBody();
    current = function;
    self = object;
    Stmt.Block block = block();
    restoreBody(saved);
    function.define(parameters.vars(), block);
    closeScope();
    return function;
  }
}
