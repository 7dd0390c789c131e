package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;

/** The widths of the numbers that a target computes with, beside truths of 1 bit. */
public enum Widths {
  /** 32 and 64 bits: values of up to 32 bits are computed in 32. */
  NARROW,

  /**
   * 64 bits, as in vectors of 64-bit lanes. Only values taken from the instruction word and numbers
   * of registers have 32.
   */
  WIDE;

  /** The width in which values of a width are computed: 1, 32 or 64. */
  public int of(int width) {
    if (width == 1) {
      return 1;
    }
    return width <= Integer.SIZE && this == NARROW ? Integer.SIZE : Long.SIZE;
  }

  /** The width of shift amounts. */
  int amount() {
    return this == NARROW ? Integer.SIZE : Long.SIZE;
  }

  /**
   * The operator that tells whether one unsigned number is below another. Values below 2^63 are
   * ordered the same signed, which vectors compare faster.
   *
   * @param most an upper bound of both
   */
  BinaryOp below(long most) {
    return this == WIDE && most < Long.MAX_VALUE ? BinaryOp.SLT : BinaryOp.ULT;
  }
}
