package dev.axon64.codegen.isa;

import java.math.BigInteger;

/**
 * An expression of the language with its value.
 *
 * @param value unsigned, below 2^width
 */
record Term(String text, int width, BigInteger value) {
  /** An expression whose value is cut to its width. */
  static Term of(String text, int width, BigInteger value) {
    return new Term(text, width, IrInterpreter.cut(value, width));
  }

  /** An expression of 1 bit. */
  static Term bit(String text, boolean value) {
    return new Term(text, 1, value ? BigInteger.ONE : BigInteger.ZERO);
  }

  BigInteger signedValue() {
    return IrInterpreter.signed(value, width);
  }

  /** The {@code bits} bits from bit {@code low} up. */
  Term slice(int bits, int low) {
    String place = bits == 1 ? "" + low : (low + bits - 1) + ":" + low;
    return of(text + "[" + place + "]", bits, value.shiftRight(low));
  }
}
