package dev.axon64.metal.cpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes random functions whose meaning C++14 defines: shift counts masked, divisors not zero,
 * floats clamped before they become integers, loops bounded, no side effects within expressions.
 */
final class RandomProgram {
  private static final String[] INTEGERS = {
    "char", "uchar", "short", "ushort", "int", "uint", "long", "ulong"
  };
  private static final String[] OPERATORS = {"+", "-", "*", "&", "|", "^"};
  private static final String[] COMPARISONS = {"<", ">", "<=", ">=", "==", "!="};
  private static final int MOST_DEPTH = 5;

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final List<String> integers = new ArrayList<>();
  private final List<String> floats = new ArrayList<>();
  private int names;

  RandomProgram(long seed) {
    random = new Random(seed);
  }

  /**
   * A kernel {@code name} from three input words (ints, longs, floats by thread) to results: 8
   * bytes for each of {@code slots} slots of each thread.
   */
  String kernel(String name, int slots) {
    out.append("kernel void ").append(name).append("(device const int* ints [[buffer(0)]],\n");
    out.append("    device const long* longs [[buffer(1)]],\n");
    out.append("    device const float* floats [[buffer(2)]],\n");
    out.append("    device ulong* out [[buffer(3)]],\n");
    out.append("    uint id [[thread_position_in_grid]]) {\n");
    for (String type : INTEGERS) {
      String source = random.nextBoolean() ? "ints[id]" : "longs[id]";
      declare(integers, type, "(" + type + ")(" + source + " >> " + random.nextInt(20) + ")");
    }
    declare(floats, "float", "floats[id]");
    declare(floats, "float", "float(ints[id]) * 0.001");
    out.append("  int table[8] = {").append("1, -2, 3, -4, 5, -6, 7, ints[id]").append("};\n");
    out.append("  thread int* cursor = table + 2;\n");
    statements(2, 8);
    for (int i = 0; i < slots; i++) {
      String value = i % 3 == 2 ? bits(floating(0)) : "(ulong)(" + integer(0) + ")";
      out.append("  out[id * ").append(slots).append(" + ").append(i).append("] = ");
      out.append(value).append(";\n");
    }
    out.append("}\n");
    return out.toString();
  }

  /** A float as bits, with all NaNs alike. */
  private String bits(String value) {
    return "canonical(" + value + ")";
  }

  static final String PRELUDE =
      """
      #include <metal_stdlib>
      using namespace metal;
      inline ulong canonical(float x) { return isnan(x) ? 0x7fc00000ul : ulong(as_type<uint>(x)); }
      inline int narrow(float x) { return int(clamp(x, -1000000.0f, 1000000.0f)); }
      int helper(int a, short b, thread int* p) { p[0] ^= a; return p[1] + b * a; }
      float blend(float a, float b) { float t = a * 0.5; return t + b; }
      ulong wide(ulong a, uint b) { ulong r = a; for (int i = 0; i < 3; i++) r = r * 31ul + b; return r; }
      """;

  private String fresh() {
    return "v" + names++;
  }

  private void declare(List<String> pool, String type, String value) {
    String name = fresh();
    out.append("  ")
        .append(type)
        .append(' ')
        .append(name)
        .append(" = ")
        .append(value)
        .append(";\n");
    pool.add(name);
  }

  private String pick(List<String> pool) {
    return pool.get(random.nextInt(pool.size()));
  }

  private void statements(int depth, int count) {
    int ints = integers.size();
    int reals = floats.size();
    for (int i = 0; i < count; i++) {
      statement(depth);
    }
    // What an inner block declares ends with it.
    if (depth < 2) {
      integers.subList(ints, integers.size()).clear();
      floats.subList(reals, floats.size()).clear();
    }
  }

  private void statement(int depth) {
    switch (random.nextInt(depth > 0 ? 11 : 7)) {
      case 0 -> declare(integers, INTEGERS[random.nextInt(8)], integer(0));
      case 1 -> declare(floats, "float", floating(0));
      case 2 -> line(pick(integers) + " = " + integer(0));
      case 3 -> line(pick(integers) + " " + OPERATORS[random.nextInt(6)] + "= " + integer(1));
      case 4 -> line(pick(floats) + " " + "+-*".charAt(random.nextInt(3)) + "= " + floating(1));
      case 5 -> line((random.nextBoolean() ? "++" : "--") + pick(integers));
      case 6 -> memory();
      case 7 -> {
        out.append("  if (").append(condition(1)).append(") {\n");
        statements(depth - 1, 2);
        out.append("  } else {\n");
        statements(depth - 1, 1);
        out.append("  }\n");
      }
      case 8 -> loop(depth);
      case 9 -> choice(depth);
      default -> {
        String counter = fresh();
        out.append("  { int ").append(counter).append(" = 0; do {\n");
        statements(depth - 1, 1);
        out.append("  } while (++").append(counter).append(" < 3 && (");
        out.append(condition(2)).append(")); }\n");
      }
    }
  }

  private void line(String text) {
    out.append("  ").append(text).append(";\n");
  }

  private void memory() {
    switch (random.nextInt(5)) {
      case 0 -> line("table[" + integer(2) + " & 7] = " + integer(1));
      case 1 -> line("cursor = table + (" + integer(2) + " & 3)");
      case 2 -> line("*cursor += " + integer(1));
      case 3 -> line("cursor[1] = helper(" + integer(2) + ", " + integer(3) + ", cursor)");
      default -> line("((thread uchar*)table)[" + integer(2) + " & 31] = " + integer(2));
    }
  }

  private void loop(int depth) {
    String counter = fresh();
    out.append("  for (int ").append(counter).append(" = 0; ").append(counter);
    out.append(" < ").append(1 + random.nextInt(6)).append("; ").append(counter).append("++) {\n");
    if (random.nextBoolean()) {
      out.append("  if (").append(condition(2)).append(") ");
      out.append(random.nextBoolean() ? "continue;\n" : "break;\n");
    }
    statements(depth - 1, 2);
    out.append("  }\n");
  }

  private void choice(int depth) {
    out.append("  switch (").append(integer(2)).append(" & 3) {\n");
    for (int i = 0; i < 3; i++) {
      out.append(i == 2 ? "  default: {\n" : "  case " + (i * 2) + ": {\n");
      statements(depth - 1, 1);
      out.append(random.nextInt(3) == 0 && i < 2 ? "  }\n" : "  break; }\n");
    }
    out.append("  }\n");
  }

  private String condition(int depth) {
    return switch (random.nextInt(depth > MOST_DEPTH ? 1 : 4)) {
      case 0 ->
          integer(depth + 2) + " " + COMPARISONS[random.nextInt(6)] + " " + integer(depth + 2);
      case 1 ->
          floating(depth + 2) + " " + COMPARISONS[random.nextInt(6)] + " " + floating(depth + 2);
      case 2 -> "(" + condition(depth + 2) + ") && !(" + condition(depth + 2) + ")";
      default -> "(" + condition(depth + 2) + ") || (" + integer(depth + 2) + ")";
    };
  }

  private String literal() {
    return switch (random.nextInt(7)) {
      case 0 -> Integer.toString(random.nextInt(200));
      case 1 -> "(-" + random.nextInt(200) + ")";
      case 2 -> "0x" + Integer.toHexString(random.nextInt()) + "u";
      case 3 -> "0x" + Long.toHexString(random.nextLong()) + "ul";
      case 4 -> "0x" + Integer.toHexString(random.nextInt());
      case 5 -> Long.toString(random.nextLong() >>> 20) + "l";
      default -> "'" + (char) ('a' + random.nextInt(26)) + "'";
    };
  }

  private String integer(int depth) {
    if (depth >= MOST_DEPTH) {
      return random.nextInt(3) == 0 ? literal() : pick(integers);
    }
    String a = integer(depth + 1);
    return switch (random.nextInt(17)) {
      case 0, 1, 2, 3 ->
          "(" + a + " " + OPERATORS[random.nextInt(6)] + " " + integer(depth + 1) + ")";
      case 4 -> "(" + a + (random.nextBoolean() ? " << (" : " >> (") + pick(integers) + " & 7))";
      case 5 ->
          "(" + a + (random.nextBoolean() ? " / " : " % ") + "((" + pick(integers) + " & 31) + 3))";
      case 6 -> "(" + INTEGERS[random.nextInt(8)] + ")(+" + a + ")";
      case 7 -> converted(INTEGERS[random.nextInt(8)], a);
      case 8 -> "(" + condition(depth + 1) + " ? " + a + " : " + integer(depth + 1) + ")";
      case 9 -> "(-" + a + ")";
      case 10 -> "(~" + a + ")";
      case 11 -> "narrow(" + floating(depth + 1) + ")";
      case 12 -> builtin(depth);
      case 13 -> "table[" + a + " & 7]";
      case 14 -> "(!" + a + ")";
      case 15 -> "wide(" + a + ", " + integer(depth + 2) + ")";
      default -> pick(integers);
    };
  }

  /** The + keeps C++ from reading T(v) as a parameter v of type T, and (T(U(v))) as a type. */
  private static String converted(String type, String value) {
    return type + "(+" + value + ")";
  }

  private String builtin(int depth) {
    String type = INTEGERS[random.nextInt(8)];
    String a = converted(type, integer(depth + 2));
    String b = converted(type, integer(depth + 2));
    String[] one = {"popcount", "clz", "ctz", "reverse_bits"};
    String[] two = {
      "min", "max", "mulhi", "rotate", "absdiff", "hadd", "rhadd", "addsat", "subsat"
    };
    return random.nextInt(3) == 0
        ? one[random.nextInt(one.length)] + "(" + a + ")"
        : two[random.nextInt(two.length)] + "(" + a + ", " + b + ")";
  }

  private String floating(int depth) {
    if (depth >= MOST_DEPTH) {
      return random.nextInt(3) == 0
          ? "(" + (random.nextInt(4000) / 64f - 30) + (random.nextBoolean() ? "f)" : ")")
          : pick(floats);
    }
    String a = floating(depth + 1);
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 ->
          "(" + a + " " + "+-*/".charAt(random.nextInt(4)) + " " + floating(depth + 1) + ")";
      case 4 -> converted("float", integer(depth + 1));
      case 5 -> "(" + condition(depth + 1) + " ? " + a + " : " + floating(depth + 1) + ")";
      case 6 -> "(-" + a + ")";
      case 7 ->
          new String[] {"sqrt", "fabs", "floor", "ceil", "trunc", "rint", "sign"}[random.nextInt(7)]
              + "("
              + a
              + ")";
      case 8 ->
          new String[] {"min", "max", "fmin", "fmax", "step"}[random.nextInt(5)]
              + "("
              + a
              + ", "
              + floating(depth + 1)
              + ")";
      case 9 -> "fma(" + a + ", " + floating(depth + 2) + ", " + floating(depth + 2) + ")";
      case 10 -> "blend(" + a + ", " + floating(depth + 2) + ")";
      default -> "as_type<float>(uint(" + integer(depth + 1) + ") & 0xBFFFFFFFu)";
    };
  }
}
