package dev.axon64.metal.msl;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A literal's type and value.
 *
 * @param bits the value in the form that {@link Expr.Const} documents
 */
record Literal(Scalar type, long bits) {
  private static final Pattern WHOLE_FLOAT = Pattern.compile("[0-9]+[fh]");
  private static final Pattern OCTAL = Pattern.compile("0[0-9]+");
  private static final Pattern FLOAT =
      Pattern.compile("0x[0-9a-f]*\\.?[0-9a-f]*p[+-]?[0-9]+|[0-9]*\\.?[0-9]*(e[+-]?[0-9]+)?");
  private static final Set<String> SUFFIXES = Set.of("", "u", "l", "ul", "lu", "ll", "ull", "llu");

  /** Parses an integer or floating literal; without a suffix a floating literal is a float. */
  static Literal number(String spelled, Pos pos) {
    String text = spelled.replace("'", "").toLowerCase(java.util.Locale.ROOT);
    boolean hex = text.startsWith("0x");
    boolean floating =
        hex
            ? text.indexOf('p') >= 0 || text.indexOf('.') >= 0
            : !text.startsWith("0b")
                && (text.indexOf('.') >= 0
                    || text.indexOf('e') >= 0
                    || WHOLE_FLOAT.matcher(text).matches());
    try {
      return floating ? floating(text, hex, spelled, pos) : integer(text, hex, spelled, pos);
    } catch (NumberFormatException e) {
      throw pos.error("'" + spelled + "' is not a number");
    }
  }

  private static Literal floating(String text, boolean hex, String spelled, Pos pos) {
    Scalar type = Scalar.FLOAT;
    String digits = text;
    if (text.endsWith("bf")) {
      type = Scalar.BFLOAT;
      digits = text.substring(0, text.length() - 2);
    } else if (text.endsWith("f") && (!hex || text.indexOf('p') >= 0)) {
      digits = text.substring(0, text.length() - 1);
    } else if (text.endsWith("h")) {
      type = Scalar.HALF;
      digits = text.substring(0, text.length() - 1);
    } else if (text.endsWith("l")) {
      throw pos.error(
          "'" + spelled + "' is a long double, which Metal does not have; drop the suffix");
    }
    if (digits.length() > 400) {
      throw pos.error("a number of over 400 digits; shorten it");
    }
    if (!FLOAT.matcher(digits).matches()) {
      throw new NumberFormatException(digits);
    }
    // Straight from the digits to float: by way of double it would be rounded twice.
    float value = Float.parseFloat(digits);
    return new Literal(type, Float.floatToRawIntBits(ScalarMath.round(type, value)));
  }

  private static Literal integer(String text, boolean hex, String spelled, Pos pos) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 'u' || text.charAt(end - 1) == 'l')) {
      end--;
    }
    String suffix = text.substring(end);
    if (!SUFFIXES.contains(suffix)) {
      throw new NumberFormatException(suffix);
    }
    String digits = text.substring(0, end);
    int radix = hex ? 16 : digits.startsWith("0b") ? 2 : OCTAL.matcher(digits).matches() ? 8 : 10;
    String plain = radix == 16 || radix == 2 ? digits.substring(2) : digits;
    if (plain.startsWith("+") || plain.startsWith("-")) {
      throw new NumberFormatException(plain);
    }
    long value;
    try {
      value = Long.parseUnsignedLong(plain, radix);
    } catch (NumberFormatException e) {
      if (plain.matches("[0-9a-f]+") && plain.length() > 15) {
        throw pos.error("'" + spelled + "' does not fit 64 bits");
      }
      throw e;
    }
    return new Literal(typeOf(value, radix != 10, suffix), value);
  }

  private static Scalar typeOf(long value, boolean notDecimal, String suffix) {
    boolean unsigned = suffix.indexOf('u') >= 0;
    boolean wide = suffix.indexOf('l') >= 0;
    if (unsigned) {
      return !wide && value >>> 32 == 0 ? Scalar.UINT : Scalar.ULONG;
    }
    if (!wide && value >= 0 && value <= Integer.MAX_VALUE) {
      return Scalar.INT;
    }
    if (!wide && notDecimal && value >>> 32 == 0) {
      return Scalar.UINT;
    }
    return value >= 0 ? Scalar.LONG : Scalar.ULONG;
  }

  /** Parses a character literal such as 'a' or '\n'. */
  static Literal character(String spelled, Pos pos) {
    String body = spelled.substring(1, spelled.length() - 1);
    if (body.length() == 1 && body.charAt(0) != '\\') {
      return new Literal(Scalar.CHAR, (byte) body.charAt(0));
    }
    if (body.length() == 2 && body.charAt(0) == '\\') {
      int index = "ntr0'\"\\abfv".indexOf(body.charAt(1));
      if (index >= 0) {
        return new Literal(Scalar.CHAR, "\n\t\r\0'\"\\\7\b\f\13".charAt(index));
      }
    }
    if (body.matches("\\\\x[0-9a-fA-F]{1,2}")) {
      return new Literal(Scalar.CHAR, (byte) Integer.parseInt(body.substring(2), 16));
    }
    throw pos.error("character literals are one character or an escape such as '\\n'");
  }
}
