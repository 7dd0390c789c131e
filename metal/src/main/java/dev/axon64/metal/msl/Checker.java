package dev.axon64.metal.msl;

import java.util.List;

/**
 * The typing rules: which conversions happen by themselves, and what an operator's sides become.
 */
final class Checker {
  private Checker() {}

  /** The ranks of how well a value fits a parameter, from the best on. */
  static final int EXACT = 0;

  static final int PROMOTION = 1;
  static final int CONVERSION = 2;
  static final int IMPOSSIBLE = 3;

  /** The space that a place lies in. */
  static Space space(Expr place) {
    return switch (place) {
      case Expr.VarRef v -> v.var().space();
      case Expr.Deref d -> ((PointerType) d.pointer().type()).space();
      case Expr.Index i -> space(i.array());
      case Expr.Member m -> space(m.struct());
      case Expr.Swizzle s -> space(s.vector());
      case Expr.VectorIndex v -> space(v.vector());
      default -> Space.THREAD;
    };
  }

  static boolean isPlace(Expr e) {
    return switch (e) {
      case Expr.VarRef v -> true;
      case Expr.Deref d -> true;
      case Expr.Temporary t -> true;
      case Expr.Index i -> isPlace(i.array());
      case Expr.Member m -> isPlace(m.struct());
      case Expr.Swizzle s -> isPlace(s.vector());
      case Expr.VectorIndex v -> isPlace(v.vector());
      default -> false;
    };
  }

  static boolean readOnly(Expr place) {
    return switch (place) {
      case Expr.VarRef v -> v.var().readOnly() || v.var().space() == Space.CONSTANT;
      case Expr.Deref d -> {
        PointerType pointer = (PointerType) d.pointer().type();
        yield pointer.readOnly() || pointer.space() == Space.CONSTANT;
      }
      case Expr.Index i -> readOnly(i.array());
      case Expr.Member m -> m.field().readOnly() || readOnly(m.struct());
      case Expr.Swizzle s -> readOnly(s.vector());
      case Expr.VectorIndex v -> readOnly(v.vector());
      default -> false;
    };
  }

  /** Marks the variable under a place as needing memory. */
  static void takeAddress(Expr place) {
    switch (place) {
      case Expr.VarRef v -> v.var().takeAddress();
      case Expr.Index i -> takeAddress(i.array());
      case Expr.Member m -> takeAddress(m.struct());
      case Expr.Swizzle s -> takeAddress(s.vector());
      case Expr.VectorIndex v -> takeAddress(v.vector());
      default -> {}
    }
  }

  /** The pointer to a place. */
  static Expr addressOf(Expr place, Pos pos) {
    Expr solid = solid(place);
    if (solid instanceof Expr.Deref d && d.pointer().type() instanceof PointerType) {
      return d.pointer();
    }
    if (solid instanceof Expr.Swizzle s && s.components().size() > 1) {
      throw pos.error("a swizzle of several components has no address");
    }
    takeAddress(solid);
    return new Expr.AddressOf(
        solid, new PointerType(solid.type(), space(solid), readOnly(solid)), pos);
  }

  /** The same expression as something with an address: values go to a temporary. */
  static Expr solid(Expr e) {
    return isPlace(e) ? e : new Expr.Temporary(e, e.pos());
  }

  /** An expression used for its value: arrays become pointers, known constants are put in. */
  static Expr value(Expr e) {
    if (e.type() instanceof ArrayType array) {
      if (e instanceof Expr.Aggregate) {
        return e;
      }
      Expr solid = solid(e);
      takeAddress(solid);
      PointerType type = new PointerType(array.element(), space(solid), readOnly(solid));
      return new Expr.AddressOf(solid, type, e.pos());
    }
    if (e instanceof Expr.VarRef v && v.var().value() != null) {
      return new Expr.Const(v.var().value().type(), v.var().value().bits(), e.pos());
    }
    if (e.type() instanceof VectorType vector && vector.packed()) {
      return new Expr.Convert(e, vector.unpacked(), e.pos());
    }
    return e;
  }

  static boolean isNull(Expr e) {
    return e instanceof Expr.Const c
        && c.bits() == 0
        && (c.type() instanceof PointerType || c.type() == Scalar.INT);
  }

  /** The rank of the conversion of {@code e} to {@code to}. */
  static int fit(Expr e, Type to) {
    Type from = e.type();
    if (from instanceof ArrayType array && to instanceof PointerType) {
      from = new PointerType(array.element(), space(e), readOnly(e));
    }
    if (from instanceof VectorType v) {
      from = v.unpacked();
    }
    Type target = to instanceof VectorType v ? v.unpacked() : to;
    if (from.equals(target)) {
      return EXACT;
    }
    if (from.isScalar() && target.isScalar()) {
      if (target instanceof EnumType || (from instanceof EnumType en && en.scoped())) {
        return IMPOSSIBLE;
      }
      boolean promotion =
          from.scalar().promoted() == target || (from == Scalar.HALF && target == Scalar.FLOAT);
      return promotion ? PROMOTION : CONVERSION;
    }
    if (from.isScalar() && target instanceof VectorType && !(from instanceof EnumType)) {
      return CONVERSION;
    }
    if (target instanceof PointerType pointer) {
      return fitPointer(e, from, pointer);
    }
    if (target == Scalar.BOOL && from instanceof PointerType) {
      return CONVERSION;
    }
    return IMPOSSIBLE;
  }

  private static int fitPointer(Expr e, Type from, PointerType to) {
    if (isNull(e)) {
      return CONVERSION;
    }
    if (!(from instanceof PointerType p) || p.space() != to.space()) {
      return IMPOSSIBLE;
    }
    if (p.readOnly() && !to.readOnly() && p.space() != Space.CONSTANT) {
      return IMPOSSIBLE;
    }
    if (p.to().equals(to.to())) {
      return EXACT;
    }
    return to.to() == VoidType.VOID ? CONVERSION : IMPOSSIBLE;
  }

  /** Converts as an initialiser or argument does; {@code what} names the use in the error. */
  static Expr implicit(Expr e, Type to, String what) {
    if (fit(e, to) == IMPOSSIBLE) {
      String hint = "";
      if (value(e).type() instanceof PointerType from && to instanceof PointerType wanted) {
        hint =
            from.space() != wanted.space()
                ? "; the address spaces differ"
                : "; cast it if that is meant";
      } else if (e.type().isScalar() || e.type() instanceof VectorType) {
        hint = "; cast it if that is meant";
      }
      throw e.pos().error("%s is %s, not %s%s".formatted(what, e.type(), to, hint));
    }
    return convert(value(e), to);
  }

  /** A conversion known to be allowed; folds constants. */
  static Expr convert(Expr e, Type to) {
    if (e.type().equals(to)) {
      return e;
    }
    Pos pos = e.pos();
    if (to instanceof PointerType && isNull(e)) {
      return new Expr.Const(to, 0, pos);
    }
    if (to instanceof VectorType vector && e.type().isScalar()) {
      return new Expr.Construct(vector.unpacked(), List.of(convert(e, vector.element())), pos);
    }
    if (e instanceof Expr.Const c && c.type().isScalar() && to.isScalar()) {
      return new Expr.Const(to, ScalarMath.convert(c.type().scalar(), to.scalar(), c.bits()), pos);
    }
    return new Expr.Convert(e, to, pos);
  }

  /** Converts a condition to bool; {@code what} names it in the error. */
  static Expr truth(Expr e, String what) {
    Expr value = value(e);
    if (value.type() instanceof VectorType) {
      throw e.pos().error(what + " is " + value.type() + "; use any() or all() to make it a bool");
    }
    return implicit(value, Scalar.BOOL, what);
  }

  static boolean isNumeric(Type type) {
    return (type.isScalar() && !(type instanceof EnumType en && en.scoped()))
        || type instanceof VectorType;
  }

  static Scalar element(Type type) {
    return type instanceof VectorType v ? v.element() : type.scalar();
  }

  static int count(Type type) {
    return type instanceof VectorType v ? v.count() : 1;
  }

  /** {@code scalar} widened to as many components as {@code like} has. */
  static Type shaped(Scalar scalar, Type like) {
    return like instanceof VectorType v ? VectorType.of(scalar, v.count()) : scalar;
  }

  /** The type that both sides of an arithmetic operator become. */
  static Type common(Type left, Type right, Pos pos, String operator) {
    if (left instanceof VectorType || right instanceof VectorType) {
      VectorType vector = (VectorType) (left instanceof VectorType ? left : right);
      if (left instanceof VectorType
          && right instanceof VectorType
          && !((VectorType) left).unpacked().equals(((VectorType) right).unpacked())) {
        throw pos.error(
            "'%s' cannot combine %s with %s; convert one of them".formatted(operator, left, right));
      }
      return vector.unpacked();
    }
    return Scalar.common(left.scalar(), right.scalar());
  }
}
