package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Parses templates anew for each list of arguments that they are used with. */
final class TemplateInstances {
  private static final int MOST_INSTANCES = 2000;

  private final Parsers all;
  private final TokenCursor cursor;
  private int instances;

  TemplateInstances(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  /**
   * The function that a call of a template means, or null if the call does not tell all arguments
   * of the template.
   *
   * @param explicit those that the call names; null for none
   */
  Function called(
      Symbol.FunctionTemplate template, List<Object> explicit, List<Expr> arguments, Pos pos) {
    List<Object> known = new ArrayList<>(explicit == null ? List.of() : explicit);
    int wanted = template.source().typeParameters().size();
    if (known.size() < wanted && !deduce(template, known, arguments, pos)) {
      return null;
    }
    return function(template, known, null, pos);
  }

  /** Adds the template arguments that the call's arguments tell. */
  private boolean deduce(
      Symbol.FunctionTemplate template, List<Object> known, List<Expr> arguments, Pos pos) {
    List<Type> unknown = new ArrayList<>();
    List<Var> parameters =
        within(template.source(), () -> openParameters(template.source(), known, unknown, pos));
    Map<Type, Type> found = new HashMap<>();
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

  /** The parameters of a function template, with a type of its own for each unknown argument. */
  private List<Var> openParameters(
      TokenSlice source, List<Object> known, List<Type> unknown, Pos pos) {
    for (int i = 0; i < source.typeParameters().size(); i++) {
      String name = source.typeParameters().get(i);
      StructType open = new StructType(name, false);
      open.complete();
      unknown.add(open);
      bind(name, i < known.size() ? known.get(i) : source.isValue().get(i) ? 1L : open, pos);
    }
    all.declarators.parse(all.functions.head().specifiers(), true);
    return all.parameters.parse(false).vars();
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
    cursor.scope.put(
        name,
        argument instanceof Type type
            ? new Symbol.TypeName(type)
            : new Symbol.Enumerator(new Expr.Const(Scalar.INT, (int) (long) (Long) argument, pos)));
  }

  /** Runs {@code action} with the cursor on kept source, at file scope and outside of structs. */
  <T> T within(TokenSlice source, Supplier<T> action) {
    Body outer = all.body;
    all.body = new Body(outer.function(), null);
    T result = cursor.reading(source.tokens(), action);
    all.body = outer;
    return result;
  }

  /**
   * The instance of a function template for a full list of arguments.
   *
   * @param host the name that a kernel gets for its host, or null for the template's own
   */
  Function function(
      Symbol.FunctionTemplate template, List<Object> arguments, String host, Pos pos) {
    List<Object> key = List.of(host == null ? template.name() : host, List.copyOf(arguments));
    Function known = template.instances().get(key);
    if (known == null) {
      known = read(template.name(), template.source(), arguments, pos, () -> instanceNamed(host));
      template.instances().put(key, known);
    }
    return known;
  }

  private Function instanceNamed(String host) {
    FunctionParser.Head head = all.functions.head();
    Declarator d = all.declarators.parse(head.specifiers(), true);
    String name = host != null ? host : d.name();
    Declarator renamed =
        new Declarator(name, d.type(), d.space(), d.isConst(), d.reference(), false, d.pos());
    return all.functions.function(head.specifiers(), renamed, head.kernel() && host != null);
  }

  /** The instance of a struct template whose arguments stand here. */
  StructType struct(Symbol.StructTemplate template) {
    Pos pos = cursor.peek().pos();
    if (!cursor.sees("<")) {
      throw pos.error("template '" + template.name() + "' needs its arguments: <...>");
    }
    List<Object> arguments = List.copyOf(all.types.templateArguments());
    StructType known = template.instances().get(arguments);
    if (known == null) {
      known =
          read(
              template.name(),
              template.source(),
              arguments,
              pos,
              () -> (StructType) all.specifiers.parse().type());
      template.instances().put(arguments, known);
    }
    return known;
  }

  /** Reads a template with its parameters bound to arguments. */
  private <T> T read(
      String template, TokenSlice source, List<Object> arguments, Pos pos, Supplier<T> action) {
    if (arguments.size() != source.typeParameters().size()) {
      throw pos.error(
          "template '%s' takes %d arguments".formatted(template, source.typeParameters().size()));
    }
    countInstance(pos);
    return within(
        source,
        () -> {
          for (int i = 0; i < arguments.size(); i++) {
            bind(source.typeParameters().get(i), arguments.get(i), pos);
          }
          return action.get();
        });
  }

  /** Counts an instance of a template or of a member function; there may not be too many. */
  void countInstance(Pos pos) {
    if (++instances > MOST_INSTANCES) {
      throw pos.error("over " + MOST_INSTANCES + " template instances");
    }
  }
}
