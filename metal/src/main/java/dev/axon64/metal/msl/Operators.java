package dev.axon64.metal.msl;

/** Builds operator nodes: converts both sides, checks them, folds constants. */
final class Operators {
  private Operators() {}

  static Expr binary(Op op, Expr l, Expr r, Pos pos) {
    Expr left = Checker.value(l);
    Expr right = Checker.value(r);
    if (left.type() instanceof PointerType || right.type() instanceof PointerType) {
      return Pointers.binary(op, left, right, pos);
    }
    if (op.isComparison() && left.type() instanceof EnumType && left.type().equals(right.type())) {
      Scalar base = left.type().scalar();
      return scalars(op, Checker.convert(left, base), Checker.convert(right, base), base, pos);
    }
    if (!Checker.isNumeric(left.type()) || !Checker.isNumeric(right.type())) {
      throw pos.error("'%s' cannot combine %s with %s".formatted(op, left.type(), right.type()));
    }
    if (op.isShift()) {
      return shift(op, left, right, pos);
    }
    Type common = Checker.common(left.type(), right.type(), pos, op.toString());
    integersOnly(op, common, pos);
    return scalars(op, Checker.convert(left, common), Checker.convert(right, common), common, pos);
  }

  /** Refuses operators on floats that take integers alone. */
  static void integersOnly(Op op, Type type, Pos pos) {
    if (op.isIntegerOnly() && Checker.element(type).isFloat()) {
      String mend = op == Op.REM ? "; use fmod" : "; use as_type or a conversion";
      throw pos.error("'%s' needs integers, not %s%s".formatted(op, type, mend));
    }
  }

  private static Expr scalars(Op op, Expr left, Expr right, Type type, Pos pos) {
    Type result = op.isComparison() ? Checker.shaped(Scalar.BOOL, type) : type;
    if (left instanceof Expr.Const a && right instanceof Expr.Const b && type instanceof Scalar s) {
      return new Expr.Const(result, ScalarMath.binary(op, s, a.bits(), b.bits()), pos);
    }
    return new Expr.Binary(op, left, right, result, pos);
  }

  /** A shift of either direction. */
  static Expr shift(Op op, Expr left, Expr right, Pos pos) {
    Type type = left.type();
    if (right.type() instanceof VectorType v && !(type instanceof VectorType)) {
      type = VectorType.of(type.scalar(), v.count());
    }
    if (type.isScalar()) {
      type = type.scalar().promoted();
    }
    integersOnly(op, type, pos);
    integersOnly(op, right.type(), pos);
    if (right.type() instanceof VectorType v && v.count() != Checker.count(type)) {
      throw pos.error("'%s' cannot combine %s with %s".formatted(op, type, right.type()));
    }
    // The count may be of any width; only its low bits matter, which int keeps.
    Expr count = Checker.convert(right, Checker.shaped(Scalar.INT, right.type()));
    if (type instanceof VectorType v && !(count.type() instanceof VectorType)) {
      count = Checker.convert(count, VectorType.of(Scalar.INT, v.count()));
    }
    return scalars(op, Checker.convert(left, type), count, type, pos);
  }

  static Expr negate(Expr e, Pos pos) {
    Expr value = promoted(e, "-", pos);
    if (value instanceof Expr.Const c) {
      Scalar s = (Scalar) c.type();
      long bits =
          s.isFloat() ? Float.floatToRawIntBits(-c.asFloat()) : ScalarMath.normalise(s, -c.bits());
      return new Expr.Const(s, bits, pos);
    }
    return new Expr.Negate(value, value.type(), pos);
  }

  static Expr bitNot(Expr e, Pos pos) {
    Expr value = promoted(e, "~", pos);
    if (Checker.element(value.type()).isFloat()) {
      throw pos.error("'~' needs integers, not " + value.type());
    }
    if (value instanceof Expr.Const c) {
      return new Expr.Const(c.type(), ScalarMath.normalise((Scalar) c.type(), ~c.bits()), pos);
    }
    return new Expr.BitNot(value, value.type(), pos);
  }

  static Expr not(Expr e, Pos pos) {
    Expr value = Checker.value(e);
    if (value.type() instanceof VectorType v) {
      Type bools = VectorType.of(Scalar.BOOL, v.count());
      return new Expr.Not(Checker.convert(value, bools), bools, pos);
    }
    Expr truth = Checker.truth(value, "the operand of '!'");
    return truth instanceof Expr.Const c
        ? new Expr.Const(Scalar.BOOL, c.bits() ^ 1, pos)
        : new Expr.Not(truth, Scalar.BOOL, pos);
  }

  static Expr promoted(Expr e, String operator, Pos pos) {
    Expr value = Checker.value(e);
    if (!Checker.isNumeric(value.type())) {
      throw pos.error("'%s' cannot take %s".formatted(operator, value.type()));
    }
    return value.type().isScalar()
        ? Checker.convert(value, value.type().scalar().promoted())
        : value;
  }

  static Expr cond(Expr test, Expr yes, Expr no, Pos pos) {
    if (Checker.value(test).type() instanceof VectorType) {
      throw pos.error("the test of ?: is a vector; use select()");
    }
    Expr truth = Checker.truth(test, "the test of ?:");
    Expr a = Checker.value(yes);
    Expr b = Checker.value(no);
    Type type;
    if (a.type().equals(b.type())) {
      type = a.type();
    } else if (Checker.isNumeric(a.type()) && Checker.isNumeric(b.type())) {
      type = Checker.common(a.type(), b.type(), pos, "?:");
    } else if (Checker.fit(b, a.type()) < Checker.IMPOSSIBLE) {
      type = a.type();
    } else if (Checker.fit(a, b.type()) < Checker.IMPOSSIBLE) {
      type = b.type();
    } else {
      throw pos.error("?: cannot give both %s and %s".formatted(a.type(), b.type()));
    }
    Expr left = Checker.convert(a, type);
    Expr right = Checker.convert(b, type);
    if (truth instanceof Expr.Const c) {
      return c.bits() != 0 ? left : right;
    }
    return new Expr.Cond(truth, left, right, type, pos);
  }

  static Expr logical(boolean and, Expr l, Expr r, Pos pos) {
    Expr left = Checker.value(l);
    Expr right = Checker.value(r);
    if (left.type() instanceof VectorType a && right.type() instanceof VectorType b) {
      Type bools = VectorType.of(Scalar.BOOL, a.count());
      if (a.count() != b.count()) {
        throw pos.error("%s and %s differ in length".formatted(a, b));
      }
      Op op = and ? Op.AND : Op.OR;
      return new Expr.Binary(
          op, Checker.convert(left, bools), Checker.convert(right, bools), bools, pos);
    }
    String what = "an operand of '" + (and ? "&&" : "||") + "'";
    Expr a = Checker.truth(left, what);
    Expr b = Checker.truth(right, what);
    if (a instanceof Expr.Const c) {
      return (c.bits() != 0) == and ? b : a;
    }
    return new Expr.Logical(and, a, b, pos);
  }

  /** An explicit cast in any spelling. */
  static Expr cast(Expr e, Type to, Pos pos) {
    Expr value = to instanceof ArrayType ? e : Checker.value(e);
    Type from = value.type();
    if (to == VoidType.VOID) {
      return new Expr.Convert(value, to, pos);
    }
    if (from.isScalar() && to.isScalar()) {
      return Checker.convert(value, to);
    }
    if (to instanceof VectorType wanted) {
      if (from instanceof VectorType given) {
        if (given.count() != wanted.count()) {
          throw pos.error("%s and %s differ in their number of components".formatted(from, to));
        }
        return Checker.convert(value, wanted);
      }
      if (from.isScalar()) {
        return Checker.convert(value, wanted);
      }
    }
    if (from instanceof PointerType && to instanceof PointerType wanted) {
      PointerType given = (PointerType) from;
      if (given.space() != wanted.space()) {
        throw pos.error("%s cannot become %s: the address spaces differ".formatted(from, to));
      }
      return Checker.convert(value, wanted);
    }
    boolean pointerAndInteger =
        (from instanceof PointerType && to.isScalar() && to.scalar().isInteger())
            || (to instanceof PointerType && from.isScalar() && from.scalar().isInteger());
    if (pointerAndInteger) {
      return Checker.convert(value, to);
    }
    return Checker.implicit(value, to, "the operand of this cast");
  }
}
