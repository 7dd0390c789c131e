package dev.axon64.codegen.emit.dispatch.java;

/** float32 constants in generated Java. */
final class Floats {
  /** The most characters of one string constant, whose UTF-8 form must stay under 65,536 bytes. */
  private static final int MOST_CHARACTERS = 32_768;

  private Floats() {}

  /** A literal that reads back as the same bits. */
  static String literal(float value) {
    if (Float.isInfinite(value)) {
      return value > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1 << 20;
    boolean negativeZero = value == 0 && 1 / value < 0;
    return whole && !negativeZero ? (int) value + "f" : value + "f";
  }

  /** {@code 1 << 23} */
  static String bit(int place) {
    return "1 << " + place;
  }

  /**
   * Writes values as hexadecimal strings of eight digits per value, since an array initialiser of
   * this size would be a method too long to compile.
   */
  static String[] hex(float[] values) {
    int strings = (values.length * 8 + MOST_CHARACTERS - 1) / MOST_CHARACTERS;
    String[] result = new String[strings];
    StringBuilder text = new StringBuilder();
    for (float value : values) {
      String digits = Integer.toHexString(Float.floatToRawIntBits(value));
      text.append("0".repeat(8 - digits.length())).append(digits);
    }
    for (int i = 0; i < strings; i++) {
      int from = i * MOST_CHARACTERS;
      result[i] = text.substring(from, Math.min(text.length(), from + MOST_CHARACTERS));
    }
    return result;
  }
}
