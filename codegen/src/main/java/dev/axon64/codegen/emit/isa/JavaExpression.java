package dev.axon64.codegen.emit.isa;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;

/**
 * Nodes as Java expressions over a machine, {@code int w} (the word) and {@code long pc}. Values
 * are {@code long}s that are zero above their width; 1-bit values are also available as {@code
 * boolean}s, which is what 1-bit locals are.
 */
final class JavaExpression {
  private static final ClassName ARITH = ClassName.get("dev.axon64.machine.lane", "Arith");
  private static final int FULL = Long.SIZE;

  private final JavaMachine machine;

  JavaExpression(JavaMachine machine) {
    this.machine = machine;
  }

  /** A local's name. */
  static String name(Node.Local local) {
    return local.name() + "_" + local.id();
  }

  /** As a {@code long}. */
  CodeBlock value(Node node) {
    if (node instanceof Node.Const c) {
      return CodeBlock.of("$L", literal(c.value()));
    }
    if (node instanceof Node.Field f) {
      return CodeBlock.of("($L & $L)", shifted(f), literal(Ops.mask(f.width())));
    }
    if (node instanceof Node.Local local) {
      return local.width() == 1
          ? CodeBlock.of("($L ? 1L : 0L)", name(local))
          : CodeBlock.of("$L", name(local));
    }
    if (node instanceof Node.GetX x) {
      return machine.general(generalIndex(x.index(), x.stack()));
    }
    if (node instanceof Node.GetV v) {
      return machine.vector(vectorIndex(v.index(), v.half()));
    }
    if (node instanceof Node.GetState state) {
      return machine.state(state);
    }
    if (node instanceof Node.Pc) {
      return CodeBlock.of("pc");
    }
    if (node.width() == 1 && isCondition(node)) {
      return CodeBlock.of("($L ? 1L : 0L)", condition(node));
    }
    return computed(node);
  }

  private CodeBlock computed(Node node) {
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
      return e.signed() ? signExtend(e) : value(e.operand());
    }
    if (node instanceof Node.Concat c) {
      if (c.low() instanceof Node.Const low && low.value() == 0) {
        return CodeBlock.of("($L << $L)", value(c.high()), low.width());
      }
      return CodeBlock.of("($L << $L | $L)", value(c.high()), c.low().width(), value(c.low()));
    }
    Node.Select s = (Node.Select) node;
    return CodeBlock.of("($L ? $L : $L)", condition(s.condition()), value(s.yes()), value(s.no()));
  }

  /** As a {@code boolean}; the node has 1 bit. */
  CodeBlock condition(Node node) {
    if (node instanceof Node.Const c) {
      return CodeBlock.of("$L", c.value() != 0);
    }
    if (node instanceof Node.Local local) {
      return CodeBlock.of("$L", name(local));
    }
    if (node instanceof Node.Unary u && u.op() == UnaryOp.NOT) {
      return CodeBlock.of("!$L", condition(u.operand()));
    }
    if (node instanceof Node.Binary b) {
      switch (b.op()) {
        case AND:
          return CodeBlock.of("($L & $L)", condition(b.left()), condition(b.right()));
        case OR:
          return CodeBlock.of("($L | $L)", condition(b.left()), condition(b.right()));
        case XOR:
          return CodeBlock.of("($L ^ $L)", condition(b.left()), condition(b.right()));
        case EQ, ULT, SLT:
          return comparison(b);
        default:
          break;
      }
    }
    if (node instanceof Node.Select s) {
      return CodeBlock.of(
          "($L ? $L : $L)", condition(s.condition()), condition(s.yes()), condition(s.no()));
    }
    if (node instanceof Node.Field f) {
      return CodeBlock.of("((w & $L) != 0)", 1 << f.low());
    }
    if (node instanceof Node.Extract e) {
      return CodeBlock.of("(($L & $L) != 0)", value(e.operand()), literal(1L << e.low()));
    }
    return CodeBlock.of("($L != 0)", value(node));
  }

  /** Whether {@link #condition} has a shape of its own for the node. */
  private static boolean isCondition(Node node) {
    return node instanceof Node.Binary b
            && (b.op().comparison()
                || b.op() == BinaryOp.AND
                || b.op() == BinaryOp.OR
                || b.op() == BinaryOp.XOR)
        || node instanceof Node.Unary u && u.op() == UnaryOp.NOT
        || node instanceof Node.Select;
  }

  private CodeBlock comparison(Node.Binary b) {
    int width = b.left().width();
    CodeBlock left = value(b.left());
    CodeBlock right = value(b.right());
    return switch (b.op()) {
      case EQ -> CodeBlock.of("($L == $L)", left, right);
      case ULT ->
          width < FULL
              ? CodeBlock.of("($L < $L)", left, right)
              : CodeBlock.of("(Long.compareUnsigned($L, $L) < 0)", left, right);
      default -> CodeBlock.of("($L < $L)", top(left, width), top(right, width));
    };
  }

  /** Moved up so that the sign is on top. */
  private static CodeBlock top(CodeBlock value, int width) {
    return width == FULL ? value : CodeBlock.of("($L << $L)", value, FULL - width);
  }

  private CodeBlock unary(Node.Unary u) {
    CodeBlock a = value(u.operand());
    int spare = FULL - u.width();
    return switch (u.op()) {
      case NOT -> CodeBlock.of("($L ^ $L)", a, literal(Ops.mask(u.width())));
      case CLZ -> minus("Long.numberOfLeadingZeros", a, spare);
      case COUNT -> CodeBlock.of("(long) Long.bitCount($L)", a);
      case REVERSE -> down("Long.reverse", a, spare);
      case REVERSE_BYTES -> down("Long.reverseBytes", a, spare);
    };
  }

  private static CodeBlock minus(String function, CodeBlock a, int spare) {
    return spare == 0
        ? CodeBlock.of("(long) $L($L)", function, a)
        : CodeBlock.of("(long) ($L($L) - $L)", function, a, spare);
  }

  private static CodeBlock down(String function, CodeBlock a, int spare) {
    return spare == 0
        ? CodeBlock.of("$L($L)", function, a)
        : CodeBlock.of("($L($L) >>> $L)", function, a, spare);
  }

  private CodeBlock binary(Node.Binary b) {
    CodeBlock left = value(b.left());
    CodeBlock right = value(b.right());
    int width = b.width();
    return switch (b.op()) {
      case ADD -> masked(CodeBlock.of("($L + $L)", left, right), width);
      case SUB -> masked(CodeBlock.of("($L - $L)", left, right), width);
      case MUL -> masked(CodeBlock.of("($L * $L)", left, right), width);
      case AND -> CodeBlock.of("($L & $L)", left, right);
      case OR -> CodeBlock.of("($L | $L)", left, right);
      case XOR -> CodeBlock.of("($L ^ $L)", left, right);
      case UDIV -> CodeBlock.of("$T.udiv($L, $L)", ARITH, left, right);
      case SDIV -> CodeBlock.of("$T.sdiv($L, $L, $L)", ARITH, left, right, width);
      case UMULH -> CodeBlock.of("$T.umulh($L, $L, $L)", ARITH, left, right, width);
      case SMULH -> CodeBlock.of("$T.smulh($L, $L, $L)", ARITH, left, right, width);
      case LSL ->
          inRange(b)
              ? masked(CodeBlock.of("($L << $L)", left, right), width)
              : CodeBlock.of("$T.lsl($L, $L, $L)", ARITH, left, right, width);
      case LSR ->
          inRange(b)
              ? CodeBlock.of("($L >>> $L)", left, right)
              : CodeBlock.of("$T.lsr($L, $L, $L)", ARITH, left, right, width);
      case ASR ->
          inRange(b) && width == FULL
              ? CodeBlock.of("($L >> $L)", left, right)
              : CodeBlock.of("$T.asr($L, $L, $L)", ARITH, left, right, width);
      case ROR -> rotate(left, right, width);
      default -> throw new IllegalArgumentException(b.op() + " gives a condition");
    };
  }

  private static CodeBlock rotate(CodeBlock left, CodeBlock right, int width) {
    return width == FULL
        ? CodeBlock.of("Long.rotateRight($L, (int) $L)", left, right)
        : CodeBlock.of("(Integer.rotateRight((int) $L, (int) $L) & 0xffffffffL)", left, right);
  }

  /** Whether the amount is known to be below the width. */
  private static boolean inRange(Node.Binary shift) {
    return Ranges.most(shift.right()) < shift.width();
  }

  private static CodeBlock masked(CodeBlock value, int width) {
    return width == FULL ? value : CodeBlock.of("($L & $L)", value, literal(Ops.mask(width)));
  }

  private CodeBlock extract(Node.Extract e) {
    CodeBlock operand = value(e.operand());
    CodeBlock low = e.low() == 0 ? operand : CodeBlock.of("$L >>> $L", operand, e.low());
    if (e.low() + e.width() == e.operand().width()) {
      return CodeBlock.of("($L)", low);
    }
    return CodeBlock.of("($L & $L)", low, literal(Ops.mask(e.width())));
  }

  private CodeBlock signExtend(Node.Extend e) {
    int spare = FULL - e.operand().width();
    if (e.operand() instanceof Node.Field f) {
      // The word is an int, so the sign can be had with two shifts of it.
      int up = Integer.SIZE - f.low() - f.width();
      CodeBlock high = up == 0 ? CodeBlock.of("w") : CodeBlock.of("(w << $L)", up);
      return masked(CodeBlock.of("((long) ($L >> $L))", high, Integer.SIZE - f.width()), e.width());
    }
    if (e.operand().width() == Integer.SIZE) {
      return masked(CodeBlock.of("((long) (int) $L)", value(e.operand())), e.width());
    }
    return masked(CodeBlock.of("($L << $L >> $L)", value(e.operand()), spare, spare), e.width());
  }

  private static CodeBlock shifted(Node.Field f) {
    return f.low() == 0 ? CodeBlock.of("w") : CodeBlock.of("w >>> $L", f.low());
  }

  /** A number as an index {@code int}. */
  private CodeBlock index(Node node) {
    if (node instanceof Node.Const c) {
      return CodeBlock.of("$L", c.value());
    }
    if (node instanceof Node.Field f) {
      return CodeBlock.of("($L & $L)", shifted(f), Ops.mask(f.width()));
    }
    return CodeBlock.of("(int) $L", value(node));
  }

  /** Where a general register stands. */
  CodeBlock generalIndex(Node node, boolean stack) {
    if (!stack) {
      return index(node);
    }
    return node instanceof Node.Const c
        ? CodeBlock.of("$L", c.value() == 31 ? 32 : c.value())
        : CodeBlock.of("$T.stack($L)", ARITH, index(node));
  }

  /** Where half of a vector register stands. */
  CodeBlock vectorIndex(Node node, int half) {
    return node instanceof Node.Const c
        ? CodeBlock.of("$L", 2 * c.value() + half)
        : CodeBlock.of(half == 0 ? "$L * 2" : "$L * 2 + 1", parenthesised(node));
  }

  private CodeBlock parenthesised(Node node) {
    return CodeBlock.of("($L)", index(node));
  }

  static String literal(long value) {
    if (value >= 0 && value < 1024) {
      return value + "L";
    }
    return "0x" + Long.toHexString(value) + "L";
  }
}
