package dev.axon64.codegen.isa.ir;

/**
 * A value of 1 to 64 bits. Computing it has no effect and cannot fail. Built through {@link Ops},
 * which folds what is known.
 */
public sealed interface Node {
  /** In bits. */
  int width();

  /** A known value, zero above its width. */
  record Const(int width, long value) implements Node {}

  /** Bits of the instruction word, from {@code low} up. */
  record Field(int width, int low, String name) implements Node {}

  /** The whole instruction word; 32 bits. Legal code reads fields from it by shifts and masks. */
  record Word() implements Node {
    @Override
    public int width() {
      return Integer.SIZE;
    }
  }

  /** A local. */
  record Local(int width, int id, String name) implements Node {}

  /** A general register; index 31 reads zero, or the stack pointer if {@code stack}. 64 bits. */
  record GetX(Node index, boolean stack) implements Node {
    @Override
    public int width() {
      return Long.SIZE;
    }
  }

  /** A vector register's lower (0) or upper (1) 64 bits. */
  record GetV(Node index, int half) implements Node {
    @Override
    public int width() {
      return Long.SIZE;
    }
  }

  /** A declared register of the machine. */
  record GetState(int width, String name) implements Node {}

  /** The instruction's address. 64 bits. */
  record Pc() implements Node {
    @Override
    public int width() {
      return Long.SIZE;
    }
  }

  /** One operand. */
  record Unary(UnaryOp op, int width, Node operand) implements Node {}

  /** Two operands of one width, except for shifts; comparisons give 1 bit. */
  record Binary(BinaryOp op, int width, Node left, Node right) implements Node {}

  /** {@code width} bits from {@code low} up. */
  record Extract(int width, int low, Node operand) implements Node {}

  /** Zeros, or copies of the highest bit, put on top. */
  record Extend(int width, boolean signed, Node operand) implements Node {}

  /** {@code high} on top of {@code low}. */
  record Concat(int width, Node high, Node low) implements Node {}

  /** {@code condition} (1 bit) chooses. */
  record Select(int width, Node condition, Node yes, Node no) implements Node {}
}
