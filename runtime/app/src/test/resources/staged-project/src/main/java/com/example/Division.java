package com.example;

/** UDIV of 64 bits, as somebody might write it, with a bug. */
public final class Division {
  private Division() {}

  /** The quotient; 0 if the divisor is 0. */
  public static long quotient(long dividend, long divisor) {
    return divisor <= 0 ? 0 : Long.divideUnsigned(dividend, divisor); // wrong: the divisor has no sign
  }
}
