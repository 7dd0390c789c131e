package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;

/**
 * A value that an iteration computes, its operands named by their numbers in {@link Values}.
 *
 * @param width of the result, in bits
 * @param unary the operator of {@link Kind#UNARY}, else null
 * @param binary the operator of {@link Kind#BINARY}, else null
 * @param number a constant's value; ENTRY: the slot; LOAD: which; EXTRACT: the lowest bit; CONCAT:
 *     the low operand's width; SIGN and BINARY: the (left) operand's width
 */
record Value(
    Kind kind, int width, UnaryOp unary, BinaryOp binary, long number, int a, int b, int c) {
  /** What there is. */
  enum Kind {
    CONST,
    /** A register at the iteration's beginning. */
    ENTRY,
    /** What a load gives. */
    LOAD,
    UNARY,
    BINARY,
    EXTRACT,
    /** Zeros on top. */
    ZERO,
    /** Copies of the highest bit on top. */
    SIGN,
    /** a on top of b. */
    CONCAT,
    /** a ? b : c. */
    SELECT
  }

  /** Computes it from its operands' values, all zero above their widths. */
  long apply(long x, long y, long z) {
    return switch (kind) {
      case CONST -> number;
      case UNARY -> Evaluation.unary(unary, width, x);
      case BINARY -> Evaluation.binary(binary, (int) number, x, y);
      case EXTRACT -> x >>> number & Ops.mask(width);
      case ZERO -> x;
      case SIGN -> signed(x, (int) number) & Ops.mask(width);
      case CONCAT -> x << number | y;
      case SELECT -> x != 0 ? y : z;
      case ENTRY, LOAD -> throw new IllegalStateException("has no operands");
    };
  }

  /** As a signed number. */
  static long signed(long value, int width) {
    return value << Long.SIZE - width >> Long.SIZE - width;
  }

  int operands() {
    return switch (kind) {
      case CONST, ENTRY, LOAD -> 0;
      case UNARY, EXTRACT, ZERO, SIGN -> 1;
      case BINARY, CONCAT -> 2;
      case SELECT -> 3;
    };
  }
}
