package dev.axon64.codegen.isa.ir;

/** Operators of two operands; {@link Evaluation} computes them. */
public enum BinaryOp {
  ADD,
  SUB,
  MUL,
  /** By zero gives 0. */
  UDIV,
  /** Towards zero; by zero gives 0. */
  SDIV,
  /** Upper half of the unsigned product; up to 32 bits, or 64. */
  UMULH,
  /** Upper half of the signed product; up to 32 bits, or 64. */
  SMULH,
  AND,
  OR,
  XOR,
  /** Shifts take an amount of any width, unsigned; at width or more nothing is left. */
  LSL,
  LSR,
  /** At width or more the sign is left. */
  ASR,
  /** Rotates right, by the amount modulo the width; 32 or 64 bits. */
  ROR,
  EQ,
  ULT,
  SLT;

  /** Whether the result is 1 bit. */
  public boolean comparison() {
    return this == EQ || this == ULT || this == SLT;
  }

  /** Whether the right operand is a shift amount. */
  public boolean shift() {
    return this == LSL || this == LSR || this == ASR || this == ROR;
  }

  /** Whether the operands may change places. */
  public boolean commutative() {
    return switch (this) {
      case ADD, MUL, UMULH, SMULH, AND, OR, XOR, EQ -> true;
      default -> false;
    };
  }
}
