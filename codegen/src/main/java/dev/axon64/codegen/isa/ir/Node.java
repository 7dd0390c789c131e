package dev.axon64.codegen.isa.ir;

import java.util.List;

/**
 * A value of 1 to 64 bits. Computing it has no effect and cannot fail. Built through {@link Ops},
 * which folds what is known.
 */
public sealed interface Node {
  /** In bits. */
  int width();

  /** What is found somewhere: in the instruction word, a local or a register. */
  sealed interface Read extends Node {}

  /** What is computed from other nodes. {@link Evaluation} says how. */
  sealed interface Operation extends Node {
    /** What it is computed from, in order. */
    List<Node> operands();
  }

  /** A known value, zero above its width. */
  record Const(int width, long value) implements Node {}

  /** Bits of the instruction word, from {@code low} up. */
  record Field(int width, int low, String name) implements Read {}

  /** The whole instruction word; 32 bits. Legal code reads fields from it by shifts and masks. */
  record Word() implements Read {
    @Override
    public int width() {
      return Integer.SIZE;
    }
  }

  /** A local. */
  record Local(int width, int id, String name) implements Read {}

  /** A general register; index 31 reads zero, or the stack pointer if {@code stack}. 64 bits. */
  record GetX(Node index, boolean stack) implements Read {
    @Override
    public int width() {
      return Long.SIZE;
    }
  }

  /** A vector register's lower (0) or upper (1) 64 bits. */
  record GetV(Node index, int half) implements Read {
    @Override
    public int width() {
      return Long.SIZE;
    }
  }

  /** A declared register of the machine. */
  record GetState(int width, String name) implements Read {}

  /** The instruction's address. 64 bits. */
  record Pc() implements Read {
    @Override
    public int width() {
      return Long.SIZE;
    }
  }

  /** One operand. */
  record Unary(UnaryOp op, int width, Node operand) implements Operation {
    @Override
    public List<Node> operands() {
      return List.of(operand);
    }
  }

  /** Two operands of one width, except for shifts; comparisons give 1 bit. */
  record Binary(BinaryOp op, int width, Node left, Node right) implements Operation {
    @Override
    public List<Node> operands() {
      return List.of(left, right);
    }
  }

  /** {@code width} bits from {@code low} up. */
  record Extract(int width, int low, Node operand) implements Operation {
    @Override
    public List<Node> operands() {
      return List.of(operand);
    }
  }

  /** Zeros, or copies of the highest bit, put on top. */
  record Extend(int width, boolean signed, Node operand) implements Operation {
    @Override
    public List<Node> operands() {
      return List.of(operand);
    }
  }

  /** {@code high} on top of {@code low}. */
  record Concat(int width, Node high, Node low) implements Operation {
    @Override
    public List<Node> operands() {
      return List.of(high, low);
    }
  }

  /** {@code condition} (1 bit) chooses. */
  record Select(int width, Node condition, Node yes, Node no) implements Operation {
    @Override
    public List<Node> operands() {
      return List.of(condition, yes, no);
    }
  }
}
