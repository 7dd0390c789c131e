package dev.axon64.codegen.network.program;

/** An expression of 32-bit words; arithmetic wraps. */
public sealed interface Word {
  /** A constant. */
  record Constant(int value) implements Word {}

  /** A float32's bits. */
  record BitsOf(Real real) implements Word {}

  /** The value of a {@link Statement.LetWord}. */
  record Local(int id) implements Word {}

  /** Operations of two operands; a shift's count is a constant from 0 to 31. */
  enum Operation {
    ADD,
    SUBTRACT,
    SHIFT_LEFT,
    /** Shifts zeros in from the left. */
    SHIFT_RIGHT
  }

  /** {@code left op right}. */
  record Binary(Operation operation, Word left, Word right) implements Word {}

  static Word of(int value) {
    return new Constant(value);
  }

  static Word add(Word left, Word right) {
    return new Binary(Operation.ADD, left, right);
  }

  static Word subtract(Word left, Word right) {
    return new Binary(Operation.SUBTRACT, left, right);
  }

  static Word shiftLeft(Word left, int count) {
    return new Binary(Operation.SHIFT_LEFT, left, of(count));
  }

  static Word shiftRight(Word left, int count) {
    return new Binary(Operation.SHIFT_RIGHT, left, of(count));
  }
}
