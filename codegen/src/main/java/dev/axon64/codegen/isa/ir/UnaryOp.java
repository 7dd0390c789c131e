package dev.axon64.codegen.isa.ir;

/** Operators of one operand, whose width the result has; {@link Evaluation} computes them. */
public enum UnaryOp {
  NOT,
  /** Leading zeros. */
  CLZ,
  /** Ones. */
  COUNT,
  /** Bits reversed. */
  REVERSE,
  /** Bytes reversed; 16, 32 or 64 bits. */
  REVERSE_BYTES
}
