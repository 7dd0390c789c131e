package dev.axon64.codegen.isa.ir;

/** Operators of one operand; the result has its width. */
public enum UnaryOp {
  NOT,
  /** Leading zeros. */
  CLZ,
  /** Ones. */
  COUNT,
  /** Bits reversed. */
  REVERSE,
  /** Bytes reversed; 16, 32 or 64 bits. */
  REVERSE_BYTES;

  /** Computes it; the operand is zero above its width, and so is the result. */
  public long apply(int width, long a) {
    return switch (this) {
      case NOT -> ~a & Ops.mask(width);
      case CLZ -> Long.numberOfLeadingZeros(a) - (Long.SIZE - width);
      case COUNT -> Long.bitCount(a);
      case REVERSE_BYTES -> Long.reverseBytes(a) >>> (Long.SIZE - width);
      case REVERSE -> Long.reverse(a) >>> (Long.SIZE - width);
    };
  }
}
