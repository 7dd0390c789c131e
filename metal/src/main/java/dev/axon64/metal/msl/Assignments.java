package dev.axon64.metal.msl;

/** Builds assignments and checks that their places can be written. */
final class Assignments {
  private Assignments() {}

  /** {@code place = value}, or {@code place op= value} if {@code op} is not null. */
  static Expr assign(Op op, Expr place, Expr value, Pos pos) {
    checkWritable(place, pos);
    if (op == null) {
      return new Expr.Assign(place, Checker.implicit(value, place.type(), "the value"), pos);
    }
    Expr right = Checker.value(value);
    Type type = place.type();
    if (type instanceof PointerType) {
      if (!right.type().isScalar() || (op != Op.ADD && op != Op.SUB)) {
        throw pos.error("pointers have += and -= with integers only");
      }
      Expr moved = Operators.binary(op, place, right, pos);
      Expr count = ((Expr.PointerAdd) moved).count();
      return new Expr.Compound(Op.ADD, place, count, type, pos);
    }
    if (!Checker.isNumeric(type) || !Checker.isNumeric(right.type())) {
      throw pos.error("'%s=' cannot combine %s with %s".formatted(op, type, right.type()));
    }
    if (type instanceof EnumType) {
      throw pos.error("'" + op + "=' does not apply to an enumeration; use an integer");
    }
    return op.isShift() ? shift(op, place, right, pos) : arithmetic(op, place, right, pos);
  }

  private static Expr shift(Op op, Expr place, Expr right, Pos pos) {
    Type type = place.type();
    Type compute = type.isScalar() ? type.scalar().promoted() : ((VectorType) type).unpacked();
    requireRoom(type, right.type(), pos);
    // Made for its checks, and for the count as it is converted.
    Expr shifted = Operators.shift(op, zero(compute, pos), right, pos);
    Expr count =
        shifted instanceof Expr.Binary b
            ? b.right()
            : Checker.convert(right, Checker.shaped(Scalar.INT, compute));
    return new Expr.Compound(op, place, count, compute, pos);
  }

  private static Expr arithmetic(Op op, Expr place, Expr right, Pos pos) {
    Type compute = Checker.common(place.type(), right.type(), pos, op + "=");
    Operators.integersOnly(op, compute, pos);
    requireRoom(place.type(), compute, pos);
    return new Expr.Compound(op, place, Checker.convert(right, compute), compute, pos);
  }

  private static void requireRoom(Type type, Type result, Pos pos) {
    if (result instanceof VectorType && !(type instanceof VectorType)) {
      throw pos.error("%s cannot hold %s".formatted(type, result));
    }
  }

  private static Expr zero(Type type, Pos pos) {
    return type instanceof Scalar
        ? new Expr.Const(type, 0, pos)
        : Checker.convert(new Expr.Const(((VectorType) type).element(), 0, pos), type);
  }

  /** {@code ++} and {@code --}: {@code by} is 1 or -1. */
  static Expr step(Expr place, int by, boolean prefix, Pos pos) {
    checkWritable(place, pos);
    if (!(place.type() instanceof Scalar s && s != Scalar.BOOL)
        && !(place.type() instanceof PointerType)
        && !(place.type() instanceof VectorType)) {
      throw pos.error("++ and -- need a number or a pointer, not " + place.type());
    }
    if (place.type() instanceof VectorType v) {
      if (!prefix) {
        throw pos.error("++ and -- after a vector are not supported; write v += 1");
      }
      Expr one = Checker.convert(new Expr.Const(Scalar.INT, 1, pos), v.unpacked());
      return assign(by > 0 ? Op.ADD : Op.SUB, place, one, pos);
    }
    return new Expr.Step(place, by, prefix, pos);
  }

  private static void checkWritable(Expr place, Pos pos) {
    if (!Checker.isPlace(place) || place instanceof Expr.Temporary) {
      throw pos.error("this is a value, not a place that can be assigned to");
    }
    if (Checker.readOnly(place)) {
      throw pos.error("this place is const or in constant memory and cannot be written");
    }
    if (place.type() instanceof ArrayType) {
      throw pos.error("an array cannot be assigned as a whole; copy its elements");
    }
    if (place.type() instanceof AtomicType) {
      throw pos.error("an atomic is written by functions such as atomic_store_explicit");
    }
    if (place instanceof Expr.Swizzle s
        && s.components().stream().distinct().count() != s.components().size()) {
      throw pos.error("a swizzle with a repeated component cannot be assigned to");
    }
    noteAssignment(place);
  }

  private static void noteAssignment(Expr place) {
    switch (place) {
      case Expr.VarRef v -> v.var().noteAssignment();
      case Expr.Swizzle s -> noteAssignment(s.vector());
      case Expr.VectorIndex s -> noteAssignment(s.vector());
      default -> {}
    }
  }
}
