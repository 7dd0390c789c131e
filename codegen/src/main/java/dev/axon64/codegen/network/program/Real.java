package dev.axon64.codegen.network.program;

/** An expression of float32; every operation rounds once, to nearest even (IEEE 754). */
public sealed interface Real {
  /** A constant, infinities and NaN included. */
  record Constant(float value) implements Real {}

  /** A value in a buffer. */
  record Load(Buffer buffer, Index index) implements Real {}

  /** The value of a {@link Statement.Let} or {@link Statement.Accumulator}. */
  record Local(int id) implements Real {}

  /** Operations of two operands. */
  enum Operation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE
  }

  /** {@code left op right}. */
  record Binary(Operation operation, Real left, Real right) implements Real {}

  /** {@code left * right + addend}, rounded once. */
  record Fma(Real left, Real right, Real addend) implements Real {}

  /** The square root. */
  record SquareRoot(Real of) implements Real {}

  /** {@code test ? then : otherwise}. */
  record Select(Test test, Real then, Real otherwise) implements Real {}

  /** The float32 of these bits. */
  record FromBits(Word bits) implements Real {}

  /** Comparisons; all but {@code NOT_EQUAL} are false if an operand is NaN. */
  enum Comparison {
    LESS,
    GREATER,
    NOT_EQUAL
  }

  /** {@code left comparison right}. */
  record Test(Comparison comparison, Real left, Real right) {}

  static Real of(float value) {
    return new Constant(value);
  }

  static Real add(Real left, Real right) {
    return new Binary(Operation.ADD, left, right);
  }

  static Real subtract(Real left, Real right) {
    return new Binary(Operation.SUBTRACT, left, right);
  }

  static Real multiply(Real left, Real right) {
    return new Binary(Operation.MULTIPLY, left, right);
  }

  static Real divide(Real left, Real right) {
    return new Binary(Operation.DIVIDE, left, right);
  }

  static Real fma(Real left, Real right, Real addend) {
    return new Fma(left, right, addend);
  }

  static Real select(Comparison comparison, Real left, Real right, Real then, Real otherwise) {
    return new Select(new Test(comparison, left, right), then, otherwise);
  }
}
