package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Checks calls of library functions and converts their arguments. */
final class LibraryCalls {
  private LibraryCalls() {}

  static Expr call(Builtin builtin, List<Expr> given, Function current, Pos pos) {
    if (builtin.arity() >= 0 && given.size() != builtin.arity()) {
      throw pos.error(
          "'%s' takes %d arguments, not %d".formatted(builtin, builtin.arity(), given.size()));
    }
    List<Expr> arguments = new ArrayList<>();
    given.forEach(e -> arguments.add(Checker.value(e)));
    return switch (builtin.shape()) {
      case FLOAT, NUMBER, INTEGER -> numbers(builtin, arguments, pos);
      case PREDICATE -> predicate(builtin, arguments, pos);
      case SELECT -> select(builtin, arguments, pos);
      case ANY, ALL -> anyAll(builtin, arguments, pos);
      case DOT, DISTANCE -> reduce(builtin, arguments, pos);
      case LENGTH, LENGTH_SQUARED -> reduce(builtin, arguments, pos);
      case NORMALIZE, CROSS -> geometry(builtin, arguments, pos);
      case LDEXP -> ldexp(builtin, arguments, pos);
      case DIVIDE -> Operators.binary(Op.DIV, arguments.get(0), arguments.get(1), pos);
      case BARRIER, SIMD_BARRIER, FENCE -> barrier(builtin, current, pos);
      case ATOMIC_LOAD, ATOMIC_STORE, ATOMIC_UPDATE, ATOMIC_COMPARE_EXCHANGE ->
          atomic(builtin, arguments, pos);
      case SIMD -> throw pos.error("'" + builtin + "' is not supported");
    };
  }

  private static Expr barrier(Builtin builtin, Function current, Pos pos) {
    if (current == null) {
      throw pos.error("a barrier stands outside a function");
    }
    if (builtin.shape() != Builtin.Shape.FENCE) {
      current.markBarrier();
    }
    return new Expr.BuiltinCall(builtin, List.of(), VoidType.VOID, pos);
  }

  /** The common type of numbers: the vector among them if there is one. */
  private static Type meet(Builtin builtin, List<Expr> arguments, Pos pos) {
    Type common = null;
    for (Expr argument : arguments) {
      Type type = argument.type();
      if (!Checker.isNumeric(type)) {
        throw pos.error("'%s' cannot take %s".formatted(builtin, type));
      }
      Type plain = type instanceof VectorType v ? v.unpacked() : type.scalar();
      if (common == null || common.equals(plain)) {
        common = plain;
      } else {
        common = Checker.common(common, plain, pos, builtin.toString());
      }
    }
    return common;
  }

  /**
   * Refuses scalars of which no overload takes all better than any other does: there is one for
   * each type of numbers, or of floats.
   */
  private static void refuseAmbiguity(Builtin builtin, List<Expr> arguments, Pos pos) {
    if (arguments.stream().anyMatch(a -> !a.type().isScalar())) {
      return;
    }
    List<Scalar> types = arguments.stream().map(a -> a.type().scalar()).distinct().toList();
    boolean floats = builtin.shape() == Builtin.Shape.FLOAT;
    long exact =
        types.stream().filter(t -> floats ? t.isFloat() : t != Scalar.BOOL).distinct().count();
    boolean bools = types.contains(Scalar.BOOL) && !types.contains(Scalar.INT) && exact == 1;
    if (exact > 1 || floats && exact == 0 || !floats && bools) {
      throw pos.error(
          "this call of '%s' with %s is ambiguous; convert the arguments to one type%s"
              .formatted(builtin, types, floats ? " of floats" : ""));
    }
  }

  /** Whether an overload of a function takes arguments just as they are. */
  static boolean takesExactly(Builtin builtin, List<Expr> arguments) {
    if (builtin.arity() != arguments.size()) {
      return false;
    }
    Type first = arguments.getFirst().type();
    boolean alike = Checker.isNumeric(first);
    for (Expr argument : arguments) {
      alike &= argument.type().equals(first);
    }
    if (!alike) {
      return false;
    }
    Scalar element = Checker.element(first);
    return switch (builtin.shape()) {
      case FLOAT, PREDICATE, DIVIDE -> element.isFloat();
      case NUMBER -> element != Scalar.BOOL;
      case INTEGER -> element != Scalar.BOOL && !element.isFloat();
      case DOT, DISTANCE, LENGTH, LENGTH_SQUARED, NORMALIZE, CROSS ->
          element.isFloat() && first instanceof VectorType;
      case ANY, ALL -> element == Scalar.BOOL && first instanceof VectorType;
      default -> false;
    };
  }

  private static Expr numbers(Builtin builtin, List<Expr> arguments, Pos pos) {
    if (!builtin.method().endsWith("_bits") || builtin.arity() == 1) {
      refuseAmbiguity(builtin, arguments, pos);
    }
    Type type = meet(builtin, arguments, pos);
    Scalar element = Checker.element(type);
    if (builtin.shape() == Builtin.Shape.FLOAT && !element.isFloat()) {
      type = Checker.shaped(Scalar.FLOAT, type);
    } else if (builtin.shape() == Builtin.Shape.INTEGER) {
      if (builtin.method().endsWith("_bits") && builtin.arity() > 1) {
        type = arguments.get(0).type();
        element = Checker.element(type);
      }
      if (element.isFloat()) {
        throw pos.error("'%s' needs integers, not %s".formatted(builtin, type));
      }
    }
    if (Checker.element(type) == Scalar.BOOL) {
      type = Checker.shaped(Scalar.INT, type);
    }
    List<Expr> converted = new ArrayList<>();
    for (Expr argument : arguments) {
      converted.add(Checker.convert(argument, type));
    }
    return new Expr.BuiltinCall(builtin, converted, type, pos);
  }

  private static Expr predicate(Builtin builtin, List<Expr> arguments, Pos pos) {
    Type type = floats(builtin, arguments, pos);
    List<Expr> converted = List.of(Checker.convert(arguments.get(0), type));
    return new Expr.BuiltinCall(builtin, converted, Checker.shaped(Scalar.BOOL, type), pos);
  }

  private static Type floats(Builtin builtin, List<Expr> arguments, Pos pos) {
    Type type = meet(builtin, arguments, pos);
    return Checker.element(type).isFloat() ? type : Checker.shaped(Scalar.FLOAT, type);
  }

  private static Expr select(Builtin builtin, List<Expr> arguments, Pos pos) {
    refuseAmbiguity(builtin, arguments.subList(0, 2), pos);
    Type type = meet(builtin, arguments.subList(0, 2), pos);
    Type test = arguments.get(2).type();
    if (!Checker.isNumeric(test) || Checker.count(test) != Checker.count(type)) {
      throw pos.error("'select' cannot choose %s by %s".formatted(type, test));
    }
    Expr choice = Checker.convert(arguments.get(2), Checker.shaped(Scalar.BOOL, test));
    List<Expr> converted =
        List.of(
            Checker.convert(arguments.get(0), type),
            Checker.convert(arguments.get(1), type),
            choice);
    return new Expr.BuiltinCall(builtin, converted, type, pos);
  }

  private static Expr anyAll(Builtin builtin, List<Expr> arguments, Pos pos) {
    Type type = meet(builtin, arguments, pos);
    Expr bools = Checker.convert(arguments.get(0), Checker.shaped(Scalar.BOOL, type));
    return type.isScalar()
        ? bools
        : new Expr.BuiltinCall(builtin, List.of(bools), Scalar.BOOL, pos);
  }

  private static Expr reduce(Builtin builtin, List<Expr> arguments, Pos pos) {
    Type type = floats(builtin, arguments, pos);
    List<Expr> converted = new ArrayList<>();
    arguments.forEach(a -> converted.add(Checker.convert(a, type)));
    return new Expr.BuiltinCall(builtin, converted, Checker.element(type), pos);
  }

  private static Expr geometry(Builtin builtin, List<Expr> arguments, Pos pos) {
    Type type = floats(builtin, arguments, pos);
    boolean cross = builtin.shape() == Builtin.Shape.CROSS;
    if (!(type instanceof VectorType v) || (cross && v.count() != 3)) {
      throw pos.error("'%s' cannot take %s".formatted(builtin, type));
    }
    List<Expr> converted = new ArrayList<>();
    arguments.forEach(a -> converted.add(Checker.convert(a, type)));
    return new Expr.BuiltinCall(builtin, converted, type, pos);
  }

  private static Expr ldexp(Builtin builtin, List<Expr> arguments, Pos pos) {
    Type type = floats(builtin, arguments.subList(0, 1), pos);
    Type exponent = arguments.get(1).type();
    if (!Checker.isNumeric(exponent)
        || Checker.element(exponent).isFloat()
        || (exponent instanceof VectorType && Checker.count(exponent) != Checker.count(type))) {
      throw pos.error("'ldexp' needs a float and an int");
    }
    List<Expr> converted =
        List.of(
            Checker.convert(arguments.get(0), type),
            Checker.convert(arguments.get(1), Checker.shaped(Scalar.INT, type)));
    return new Expr.BuiltinCall(builtin, converted, type, pos);
  }

  private static AtomicType atomicAt(Expr target, Builtin builtin, Pos pos) {
    if (target.type() instanceof PointerType pointer
        && pointer.to() instanceof AtomicType atomic
        && pointer.space() != Space.CONSTANT) {
      return atomic;
    }
    throw pos.error(
        "the first argument of '%s' is %s, not a pointer to an atomic"
            .formatted(builtin, target.type()));
  }

  private static Expr atomic(Builtin builtin, List<Expr> arguments, Pos pos) {
    boolean explicit = builtin.name().endsWith("_explicit");
    boolean exchange = builtin.shape() == Builtin.Shape.ATOMIC_COMPARE_EXCHANGE;
    int wanted = builtin.shape() == Builtin.Shape.ATOMIC_LOAD ? 1 : exchange ? 3 : 2;
    int orders = explicit ? (exchange ? 2 : 1) : 0;
    if (arguments.size() < wanted || arguments.size() > wanted + orders + 1) {
      throw pos.error("'%s' takes %d arguments".formatted(builtin, wanted + orders));
    }
    Expr target = arguments.get(0);
    AtomicType atomic = atomicAt(target, builtin, pos);
    Scalar element = atomic.element();
    boolean update = builtin.shape() == Builtin.Shape.ATOMIC_UPDATE;
    boolean arithmetic = !builtin.method().equals("exchange");
    if (update
        && arithmetic
        && (element == Scalar.BOOL
            || (element == Scalar.FLOAT && !builtin.method().matches("add|sub|min|max")))) {
      throw pos.error("'%s' does not apply to %s".formatted(builtin, atomic));
    }
    List<Expr> converted = new ArrayList<>();
    converted.add(target);
    if (exchange) {
      converted.add(
          Checker.implicit(
              arguments.get(1),
              new PointerType(element, Space.THREAD, false),
              "the expected value of '" + builtin + "'"));
    }
    if (wanted > 1) {
      Expr value = arguments.get(wanted - 1);
      converted.add(Checker.implicit(value, element, "the value of '" + builtin + "'"));
    }
    Type result =
        builtin.shape() == Builtin.Shape.ATOMIC_STORE
            ? VoidType.VOID
            : exchange ? Scalar.BOOL : element;
    return new Expr.BuiltinCall(builtin, converted, result, pos);
  }
}
