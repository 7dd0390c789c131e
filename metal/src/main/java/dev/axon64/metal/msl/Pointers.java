package dev.axon64.metal.msl;

import java.util.List;

/** Pointer arithmetic, and the places that pointers and references lead to. */
final class Pointers {
  private Pointers() {}

  /** An operator with a pointer on at least one side. */
  static Expr binary(Op op, Expr left, Expr right, Pos pos) {
    if (op.isComparison()) {
      return compare(op, left, right, pos);
    }
    boolean both = left.type() instanceof PointerType && right.type() instanceof PointerType;
    if (both && op == Op.SUB) {
      spaces(left, right, pos);
      long size = sizeOf(((PointerType) left.type()).to(), pos);
      return new Expr.PointerDifference(left, right, size, pos);
    }
    Expr pointer = left.type() instanceof PointerType ? left : right;
    Expr count = pointer == left ? right : left;
    boolean allowed = op == Op.ADD || (op == Op.SUB && pointer == left);
    if (both || !allowed || !count.type().isScalar() || count.type().scalar().isFloat()) {
      throw pos.error("'%s' cannot combine %s with %s".formatted(op, left.type(), right.type()));
    }
    Expr wide = Checker.convert(count, Scalar.LONG);
    if (op == Op.SUB) {
      wide = Operators.negate(wide, pos);
    }
    sizeOf(((PointerType) pointer.type()).to(), pos);
    return new Expr.PointerAdd(pointer, wide, pos);
  }

  private static Expr compare(Op op, Expr left, Expr right, Pos pos) {
    boolean leftIsPointer = left.type() instanceof PointerType;
    boolean both = leftIsPointer && right.type() instanceof PointerType;
    if (!both && !Checker.isNull(leftIsPointer ? right : left)) {
      throw pos.error("a pointer compares with pointers and nullptr only");
    }
    Expr a = leftIsPointer ? left : Checker.convert(left, right.type());
    Expr b = leftIsPointer && !both ? Checker.convert(right, left.type()) : right;
    spaces(a, b, pos);
    return new Expr.PointerCompare(op, a, b, pos);
  }

  private static void spaces(Expr a, Expr b, Pos pos) {
    if (((PointerType) a.type()).space() != ((PointerType) b.type()).space()
        && !Checker.isNull(a)
        && !Checker.isNull(b)) {
      throw pos.error(
          "%s and %s are in different address spaces and cannot be combined"
              .formatted(a.type(), b.type()));
    }
  }

  /** The size of an element; throws for incomplete structs. */
  static long sizeOf(Type type, Pos pos) {
    Type inner = type;
    while (inner instanceof ArrayType array) {
      inner = array.element();
    }
    if (inner instanceof StructType struct && !struct.isComplete()) {
      throw pos.error("struct '" + struct + "' is not defined yet");
    }
    return type.size();
  }

  /** What a pointer points at. */
  static Expr deref(Expr operand, Pos pos) {
    Expr pointer = Checker.value(operand);
    if (!(pointer.type() instanceof PointerType type)) {
      throw pos.error("* needs a pointer, not " + pointer.type());
    }
    if (type.to() == VoidType.VOID) {
      throw pos.error("a void pointer cannot be followed; cast it first");
    }
    sizeOf(type.to(), pos);
    return new Expr.Deref(pointer, type.to(), pos);
  }

  /** The operand of {@code &}. */
  static Expr address(Expr operand, Pos pos) {
    if (!Checker.isPlace(operand)) {
      throw pos.error("& needs a place, not a value");
    }
    return Checker.addressOf(operand, pos);
  }

  /** An element of an array, a vector or what a pointer points at. */
  static Expr index(Expr base, Expr at, Pos pos) {
    Expr index = Checker.value(at);
    if (!index.type().isScalar() || index.type().scalar().isFloat()) {
      if (index.type() instanceof PointerType && base.type().isScalar()) {
        return index(at, base, pos);
      }
      throw pos.error("an index must be an integer, not " + index.type());
    }
    if (base.type() instanceof VectorType vector) {
      return component(base, vector, index, pos);
    }
    if (base.type() instanceof ArrayType array) {
      Scalar type = index.type().scalar();
      boolean wide = type.bits() > 32 || type == Scalar.UINT;
      Expr count = Checker.convert(index, wide ? Scalar.LONG : Scalar.INT);
      Expr place = Checker.solid(base);
      Checker.takeAddress(place);
      return new Expr.Index(place, count, array.element(), pos);
    }
    Expr moved = Operators.binary(Op.ADD, base, index, pos);
    if (!(moved instanceof Expr.PointerAdd)) {
      throw pos.error("%s cannot be indexed".formatted(base.type()));
    }
    return deref(moved, pos);
  }

  private static Expr component(Expr base, VectorType vector, Expr index, Pos pos) {
    if (index instanceof Expr.Const c) {
      if (c.bits() < 0 || c.bits() >= vector.count()) {
        throw pos.error(vector + " has no component " + c.bits());
      }
      return new Expr.Swizzle(base, List.of((int) c.bits()), vector.element(), pos);
    }
    Expr place = Checker.solid(base);
    Checker.takeAddress(place);
    return new Expr.VectorIndex(place, Checker.convert(index, Scalar.LONG), vector.element(), pos);
  }

  /** Binds a reference of the pointer type {@code wanted} to {@code e}. */
  static Expr reference(Expr e, PointerType wanted, String what) {
    boolean same = e.type().equals(wanted.to());
    if (same && Checker.isPlace(e)) {
      Expr pointer = Checker.addressOf(e, e.pos());
      if (Checker.fit(pointer, wanted) == Checker.IMPOSSIBLE) {
        throw e.pos().error("%s is %s, not %s".formatted(what, pointer.type(), wanted));
      }
      return Checker.convert(pointer, wanted);
    }
    if (!wanted.readOnly() || wanted.space() != Space.THREAD) {
      throw e.pos()
          .error(
              "%s must be a place of type %s in %s memory"
                  .formatted(what, wanted.to(), wanted.space()));
    }
    Expr value = Checker.implicit(e, wanted.to(), what);
    return Checker.convert(
        new Expr.AddressOf(new Expr.Temporary(value, e.pos()), wanted, e.pos()), wanted);
  }
}
