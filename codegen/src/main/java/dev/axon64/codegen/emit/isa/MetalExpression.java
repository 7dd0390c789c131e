package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import java.util.Locale;

/**
 * Nodes as expressions of the Metal Shading Language over {@code device A64Guest* s}, {@code uint
 * w} (the word) and {@code ulong pc}. A value is a {@code bool} if it has 1 bit, a {@code uint} up
 * to 32 bits, else a {@code ulong}; it is zero above its width.
 */
final class MetalExpression {
  private static final int HALF = Integer.SIZE;

  private MetalExpression() {}

  /** The type of values of a width. */
  static String type(int width) {
    return width == 1 ? "bool" : isWide(width) ? "ulong" : "uint";
  }

  private static boolean isWide(int width) {
    return width > HALF;
  }

  /** A local's name. */
  static String name(Node.Local local) {
    return local.name() + "_" + local.id();
  }

  /** A state's field. */
  static String field(String state) {
    return state.toLowerCase(Locale.ROOT);
  }

  /** In the node's own type. */
  static String value(Node node) {
    if (node.width() == 1) {
      return MetalCondition.of(node);
    }
    boolean wide = isWide(node.width());
    if (node instanceof Node.Const c) {
      return literal(c.value(), wide);
    }
    if (node instanceof Node.Field f) {
      return field(f);
    }
    if (node instanceof Node.Local local) {
      return name(local);
    }
    if (node instanceof Node.GetX x) {
      return "s->x[" + generalIndex(x.index(), x.stack()) + "]";
    }
    if (node instanceof Node.GetV v) {
      return "s->v[" + vectorIndex(v.index(), v.half()) + "]";
    }
    if (node instanceof Node.GetState state) {
      return "s->" + field(state.name());
    }
    return node instanceof Node.Pc ? "pc" : computed(node);
  }

  private static String computed(Node node) {
    boolean wide = isWide(node.width());
    if (node instanceof Node.Unary u) {
      return unary(u);
    }
    if (node instanceof Node.Binary b) {
      return binary(b);
    }
    if (node instanceof Node.Extract e) {
      return extract(e);
    }
    if (node instanceof Node.Extend e) {
      return e.signed() ? signExtend(e) : number(e.operand(), wide);
    }
    if (node instanceof Node.Concat c) {
      String high = format("%s << %du", number(c.high(), wide), c.low().width());
      return c.low() instanceof Node.Const low && low.value() == 0
          ? format("(%s)", high)
          : format("(%s | %s)", high, number(c.low(), wide));
    }
    Node.Select s = (Node.Select) node;
    return format("(%s ? %s : %s)", value(s.condition()), value(s.yes()), value(s.no()));
  }

  /** As a {@code uint} or {@code ulong}, whatever the node's own type. */
  static String number(Node node, boolean wide) {
    if (node instanceof Node.Const c) {
      return literal(c.value(), wide);
    }
    if (node.width() == 1) {
      return format("(%s ? %s : %s)", value(node), literal(1, wide), literal(0, wide));
    }
    return isWide(node.width()) == wide
        ? value(node)
        : format("%s(%s)", wide ? "ulong" : "uint", value(node));
  }

  /** As an {@code int} or {@code long} that has the node's sign. */
  static String signed(Node node, boolean wide) {
    int width = node.width();
    if (width == 1) {
      return format("(%s ? %s : 0)", value(node), wide ? "-1l" : "-1");
    }
    int spare = (isWide(width) ? Long.SIZE : HALF) - width;
    String type = isWide(width) ? "long" : "int";
    String same =
        spare == 0
            ? format("%s(%s)", type, value(node))
            : format("(%s(%s << %du) >> %du)", type, value(node), spare, spare);
    return isWide(width) == wide ? same : format("%s(%s)", wide ? "long" : "int", same);
  }

  private static String field(Node.Field f) {
    if (f.low() == 0) {
      return f.width() == HALF ? "w" : format("(w & %s)", literal(Ops.mask(f.width()), false));
    }
    return f.low() + f.width() == HALF
        ? format("(w >> %du)", f.low())
        : format("(w >> %du & %s)", f.low(), literal(Ops.mask(f.width()), false));
  }

  private static String unary(Node.Unary u) {
    int width = u.width();
    boolean wide = isWide(width);
    String a = value(u.operand());
    int spare = (wide ? Long.SIZE : HALF) - width;
    return switch (u.op()) {
      case NOT ->
          spare == 0 ? format("(~%s)", a) : format("(%s ^ %s)", a, literal(Ops.mask(width), wide));
      case CLZ ->
          spare == 0 ? format("clz(%s)", a) : format("(clz(%s) - %s)", a, literal(spare, wide));
      case COUNT -> format("popcount(%s)", a);
      case REVERSE -> down(format("reverse_bits(%s)", a), spare);
      case REVERSE_BYTES -> down(format("a64_rev%d(%s)", wide ? 64 : 32, a), spare);
    };
  }

  private static String down(String value, int spare) {
    return spare == 0 ? value : format("(%s >> %du)", value, spare);
  }

  private static String binary(Node.Binary b) {
    int width = b.width();
    boolean wide = isWide(width);
    String suffix = wide ? "64" : "32";
    String left = number(b.left(), wide);
    return switch (b.op()) {
      case ADD -> masked(infix(left, "+", b, wide), width);
      case SUB -> masked(infix(left, "-", b, wide), width);
      case MUL -> masked(infix(left, "*", b, wide), width);
      case AND -> infix(left, "&", b, wide);
      case OR -> infix(left, "|", b, wide);
      case XOR -> infix(left, "^", b, wide);
      case UDIV -> format("a64_udiv%s(%s, %s)", suffix, left, number(b.right(), wide));
      case SDIV ->
          masked(
              format("a64_sdiv%s(%s, %s)", suffix, signed(b.left(), wide), signed(b.right(), wide)),
              width);
      case UMULH -> unsignedHigh(b);
      case SMULH -> signedHigh(b);
      case LSL ->
          masked(
              inRange(b)
                  ? format("(%s << %s)", left, amount(b.right()))
                  : format("a64_lsl%s(%s, %s, %du)", suffix, left, amount(b.right()), width),
              width);
      case LSR ->
          inRange(b)
              ? format("(%s >> %s)", left, amount(b.right()))
              : format("a64_lsr%s(%s, %s, %du)", suffix, left, amount(b.right()), width);
      case ASR -> arithmeticShift(b, wide);
      case ROR -> rotate(b, left, wide);
      default -> throw new IllegalArgumentException(b.op() + " gives a condition");
    };
  }

  private static String infix(String left, String operator, Node.Binary b, boolean wide) {
    return format("(%s %s %s)", left, operator, number(b.right(), wide));
  }

  private static String unsignedHigh(Node.Binary b) {
    int width = b.width();
    if (width == Long.SIZE || width == HALF) {
      return format("mulhi(%s, %s)", value(b.left()), value(b.right()));
    }
    checkHigh(b);
    return format("uint(%s * %s >> %du)", number(b.left(), true), number(b.right(), true), width);
  }

  private static String signedHigh(Node.Binary b) {
    int width = b.width();
    if (width == Long.SIZE || width == HALF) {
      boolean wide = width == Long.SIZE;
      return format(
          "%s(mulhi(%s, %s))",
          wide ? "ulong" : "uint", signed(b.left(), wide), signed(b.right(), wide));
    }
    checkHigh(b);
    return masked(
        format("uint(%s * %s >> %du)", signed(b.left(), true), signed(b.right(), true), width),
        width);
  }

  private static void checkHigh(Node.Binary b) {
    if (isWide(b.width())) {
      throw new IllegalArgumentException("upper half of a product of " + b.width() + " bits");
    }
  }

  private static String arithmeticShift(Node.Binary b, boolean wide) {
    String value = signed(b.left(), wide);
    String by = amount(b.right());
    String shifted =
        inRange(b)
            ? format("%s(%s >> %s)", wide ? "ulong" : "uint", value, by)
            : format("a64_asr%s(%s, %s)", wide ? "64" : "32", value, by);
    return masked(shifted, b.width());
  }

  /** MSL's {@code rotate} goes to the left. */
  private static String rotate(Node.Binary b, String left, boolean wide) {
    int width = b.width();
    if (b.right() instanceof Node.Const c) {
      return format("rotate(%s, %s)", left, literal(-c.value() & (width - 1), wide));
    }
    return format(
        "rotate(%s, %s - %s & %s)",
        left, literal(0, wide), number(b.right(), wide), literal(width - 1L, wide));
  }

  /** Whether the amount is known to be below the width. */
  private static boolean inRange(Node.Binary shift) {
    long most = Ranges.most(shift.right());
    return most < shift.width();
  }

  /** A shift amount as a {@code uint}; what does not fit stays large. */
  private static String amount(Node node) {
    if (!isWide(node.width())) {
      return number(node, false);
    }
    return Ranges.most(node) <= Integer.MAX_VALUE
        ? number(node, false)
        : format("a64_amount(%s)", value(node));
  }

  private static String extract(Node.Extract e) {
    Node from = e.operand();
    boolean narrows = isWide(from.width()) && !isWide(e.width());
    String value = value(from);
    if (e.low() > 0) {
      value = format("(%s >> %du)", value, e.low());
    }
    if (narrows) {
      value = format("uint(%s)", value);
    }
    return e.low() + e.width() == from.width() ? value : masked(value, e.width());
  }

  private static String signExtend(Node.Extend e) {
    boolean wide = isWide(e.width());
    if (e.operand().width() == 1) {
      return format(
          "(%s ? %s : %s)",
          value(e.operand()), literal(Ops.mask(e.width()), wide), literal(0, wide));
    }
    return masked(format("%s(%s)", wide ? "ulong" : "uint", signed(e.operand(), wide)), e.width());
  }

  private static String masked(String value, int width) {
    return width == HALF || width == Long.SIZE
        ? value
        : format("(%s & %s)", value, literal(Ops.mask(width), isWide(width)));
  }

  /** Where a general register stands. */
  static String generalIndex(Node node, boolean stack) {
    if (node instanceof Node.Const c) {
      return c.value() == 31 && stack ? "32u" : c.value() + "u";
    }
    return stack ? format("a64_stack(%s)", number(node, false)) : number(node, false);
  }

  /** Where half of a vector register stands. */
  static String vectorIndex(Node node, int half) {
    if (node instanceof Node.Const c) {
      return 2 * c.value() + half + "u";
    }
    return number(node, false) + (half == 0 ? " * 2u" : " * 2u + 1u");
  }

  static String literal(long value, boolean wide) {
    String digits = value >= 0 && value < 1024 ? Long.toString(value) : "0x" + hex(value, wide);
    return digits + (wide ? "ul" : "u");
  }

  private static String hex(long value, boolean wide) {
    return Long.toHexString(wide ? value : value & 0xffffffffL);
  }

  static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }

  /** Whether the operator is one of the comparisons, in terms of {@code uint} or {@code ulong}. */
  static boolean isComparison(Node node) {
    return node instanceof Node.Binary b && b.op().comparison() && b.left().width() > 1;
  }

  /** A comparison of values of more than 1 bit. */
  static String comparison(Node.Binary b) {
    boolean wide = isWide(b.left().width());
    return b.op() == BinaryOp.SLT
        ? format("(%s < %s)", signed(b.left(), wide), signed(b.right(), wide))
        : comparison(b, b.op() == BinaryOp.EQ ? "==" : "<");
  }

  /** The same with the operator written out. */
  static String comparison(Node.Binary b, String operator) {
    boolean wide = isWide(b.left().width());
    return format("(%s %s %s)", number(b.left(), wide), operator, number(b.right(), wide));
  }
}
