package dev.axon64.metal.msl;

import java.util.HashMap;
import java.util.Map;

/** The library's named constants. */
final class NamedConstants {
  private static final Map<String, Literal> ALL = new HashMap<>();

  static {
    integers();
    floats();
    for (String order : "relaxed consume acquire release acq_rel seq_cst".split(" ")) {
      put("memory_order_" + order, Scalar.INT, 0);
    }
    for (String scope : "threadgroup device system simdgroup thread".split(" ")) {
      put("thread_scope_" + scope, Scalar.INT, 0);
    }
  }

  private NamedConstants() {}

  /** The constant of that name, or null. */
  static Literal named(String name) {
    return ALL.get(name);
  }

  private static void put(String name, Scalar type, long bits) {
    ALL.put(name, new Literal(type, bits));
  }

  private static void put(String name, double value) {
    put(name, Scalar.FLOAT, Float.floatToRawIntBits((float) value));
  }

  private static void limits(String prefix, String width, Scalar signed, long most) {
    Scalar unsigned = signed.unsigned();
    Scalar small = signed.promoted();
    put(prefix + "_MAX", small, most);
    put(prefix + "_MIN", small, -most - 1);
    put("U" + prefix + "_MAX", unsigned.promoted(), most * 2 + 1);
    put("INT" + width + "_MAX", small, most);
    put("INT" + width + "_MIN", small, -most - 1);
    put("UINT" + width + "_MAX", unsigned.promoted(), most * 2 + 1);
  }

  private static void integers() {
    limits("SCHAR", "8", Scalar.CHAR, 127);
    limits("CHAR", "8", Scalar.CHAR, 127);
    limits("SHRT", "16", Scalar.SHORT, 32767);
    limits("INT", "32", Scalar.INT, Integer.MAX_VALUE);
    limits("LONG", "64", Scalar.LONG, Long.MAX_VALUE);
    put("SIZE_MAX", Scalar.ULONG, -1);
    put("CHAR_BIT", Scalar.INT, 8);
  }

  private static void floats() {
    put("INFINITY", Double.POSITIVE_INFINITY);
    put("HUGE_VALF", Double.POSITIVE_INFINITY);
    put("NAN", Double.NaN);
    put("MAXFLOAT", Float.MAX_VALUE);
    put("FLT_MAX", Float.MAX_VALUE);
    put("FLT_MIN", Float.MIN_NORMAL);
    put("FLT_EPSILON", 0x1p-23);
    put("FLT_DIG", Scalar.INT, 6);
    put("FLT_MANT_DIG", Scalar.INT, 24);
    put("HALF_MAX", Scalar.HALF, Float.floatToRawIntBits(65504f));
    put("HALF_MIN", Scalar.HALF, Float.floatToRawIntBits(0x1p-14f));
    put("HALF_EPSILON", Scalar.HALF, Float.floatToRawIntBits(0x1p-10f));
    String[] names = {"PI", "PI_2", "PI_4", "1_PI", "2_PI", "E", "LOG2E", "LOG10E", "LN2", "LN10"};
    double[] values = {
      Math.PI,
      Math.PI / 2,
      Math.PI / 4,
      1 / Math.PI,
      2 / Math.PI,
      Math.E,
      1.4426950408889634,
      0.4342944819032518,
      0.6931471805599453,
      Math.log(10)
    };
    for (int i = 0; i < names.length; i++) {
      both(names[i], values[i]);
    }
    both("2_SQRTPI", 1.1283791670955126);
    both("SQRT2", Math.sqrt(2));
    both("SQRT1_2", Math.sqrt(0.5));
  }

  private static void both(String name, double value) {
    put("M_" + name + "_F", value);
    put("M_" + name, value);
    float half = ScalarMath.roundHalf((float) value);
    put("M_" + name + "_H", Scalar.HALF, Float.floatToRawIntBits(half));
  }

  /** A member of {@code numeric_limits}, or null. */
  static Literal limit(Scalar type, String member) {
    if (type.isFloat()) {
      Literal named =
          switch (member) {
            case "max" -> type == Scalar.HALF ? ALL.get("HALF_MAX") : ALL.get("FLT_MAX");
            case "min" -> type == Scalar.HALF ? ALL.get("HALF_MIN") : ALL.get("FLT_MIN");
            case "epsilon" ->
                type == Scalar.HALF ? ALL.get("HALF_EPSILON") : ALL.get("FLT_EPSILON");
            case "infinity" -> ALL.get("INFINITY");
            case "quiet_NaN" -> ALL.get("NAN");
            default -> null;
          };
      if (member.equals("lowest")) {
        float most = type == Scalar.HALF ? 65504f : Float.MAX_VALUE;
        return new Literal(type, Float.floatToRawIntBits(-most));
      }
      return named == null ? null : new Literal(type, named.bits());
    }
    long most = type.isUnsigned() ? -1L >>> (64 - type.bits()) : (1L << (type.bits() - 1)) - 1;
    return switch (member) {
      case "max" -> new Literal(type, most);
      case "min", "lowest" -> new Literal(type, type.isUnsigned() ? 0 : -most - 1);
      default -> null;
    };
  }
}
