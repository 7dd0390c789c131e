package dev.axon64.metal.msl;

import java.util.List;

/** A typed expression; every conversion is a node of its own. */
public sealed interface Expr {
  Type type();

  Pos pos();

  /**
   * A scalar constant or a null pointer.
   *
   * @param bits integers extended to 64 bits by their own signedness; floats (half too) as the bits
   *     of a float
   */
  record Const(Type type, long bits, Pos pos) implements Expr {
    public float asFloat() {
      return Float.intBitsToFloat((int) bits);
    }
  }

  record VarRef(Var var, Pos pos) implements Expr {
    @Override
    public Type type() {
      return var.type();
    }
  }

  record Deref(Expr pointer, Type type, Pos pos) implements Expr {}

  /** An element of an array lvalue; its index is a long or an int and is checked. */
  record Index(Expr array, Expr index, Type type, Pos pos) implements Expr {}

  record Member(Expr struct, StructType.Field field, Pos pos) implements Expr {
    @Override
    public Type type() {
      return field.type();
    }
  }

  /** Components of a vector; one component gives a scalar. */
  record Swizzle(Expr vector, List<Integer> components, Type type, Pos pos) implements Expr {}

  /** A component picked at run time. */
  record VectorIndex(Expr vector, Expr index, Type type, Pos pos) implements Expr {}

  /** The address of a memory lvalue, arrays turning into pointers included. */
  record AddressOf(Expr place, Type type, Pos pos) implements Expr {}

  /** A value put into a temporary so that it has an address. */
  record Temporary(Expr value, Pos pos) implements Expr {
    @Override
    public Type type() {
      return value.type();
    }
  }

  record Negate(Expr operand, Type type, Pos pos) implements Expr {}

  record BitNot(Expr operand, Type type, Pos pos) implements Expr {}

  /** Logical not of a bool or of a vector of bools. */
  record Not(Expr operand, Type type, Pos pos) implements Expr {}

  /** Both operands have the same type, except that a shift count has its own. */
  record Binary(Op op, Expr left, Expr right, Type type, Pos pos) implements Expr {}

  /** {@code &&} or {@code ||} of bools, the right side evaluated only if needed. */
  record Logical(boolean and, Expr left, Expr right, Pos pos) implements Expr {
    @Override
    public Type type() {
      return Scalar.BOOL;
    }
  }

  record Cond(Expr test, Expr yes, Expr no, Type type, Pos pos) implements Expr {}

  record Assign(Expr place, Expr value, Pos pos) implements Expr {
    @Override
    public Type type() {
      return place.type();
    }
  }

  /**
   * {@code place op= value}: the place is converted to {@code compute}, combined and converted
   * back. For pointers {@code compute} is the pointer type and the value a signed element count.
   */
  record Compound(Op op, Expr place, Expr value, Type compute, Pos pos) implements Expr {
    @Override
    public Type type() {
      return place.type();
    }
  }

  /** {@code ++} and {@code --}; {@code step} is 1 or -1. */
  record Step(Expr place, int step, boolean prefix, Pos pos) implements Expr {
    @Override
    public Type type() {
      return place.type();
    }
  }

  record Convert(Expr operand, Type type, Pos pos) implements Expr {}

  /** The same bits read as another type. */
  record Bitcast(Expr operand, Type type, Pos pos) implements Expr {}

  record Comma(Expr first, Expr second, Pos pos) implements Expr {
    @Override
    public Type type() {
      return second.type();
    }
  }

  record Call(Function function, List<Expr> arguments, Pos pos) implements Expr {
    @Override
    public Type type() {
      return function.result();
    }
  }

  /** A library function; arguments are already converted to what it takes. */
  record BuiltinCall(Builtin builtin, List<Expr> arguments, Type type, Pos pos) implements Expr {}

  /** A vector from scalars and vectors, their components in order; one scalar fills all. */
  record Construct(VectorType type, List<Expr> parts, Pos pos) implements Expr {}

  /**
   * An array or struct from its parts in order; missing parts are zero.
   *
   * @param parts one for each leading element or member
   */
  record Aggregate(Type type, List<Expr> parts, Pos pos) implements Expr {}

  /** A pointer moved by a number of elements, a long. */
  record PointerAdd(Expr pointer, Expr count, Pos pos) implements Expr {
    @Override
    public Type type() {
      return pointer.type();
    }
  }

  record PointerDifference(Expr left, Expr right, long elementSize, Pos pos) implements Expr {
    @Override
    public Type type() {
      return Scalar.LONG;
    }
  }

  record PointerCompare(Op op, Expr left, Expr right, Pos pos) implements Expr {
    @Override
    public Type type() {
      return Scalar.BOOL;
    }
  }
}
