package dev.axon64.codegen.emit.isa;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;

/**
 * Nodes as Vector API expressions over a {@code LaneState s}, for the lanes from {@code int i} up.
 * Values are {@code LongVector}s whose lanes are zero above the node's width; 1-bit values are
 * {@code VectorMask}s. What is uniform stays a {@code long} or {@code boolean} until a vector needs
 * it.
 */
final class LaneExpression {
  static final ClassName LONG_VECTOR = ClassName.get("jdk.incubator.vector", "LongVector");
  static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
  static final ClassName MASK = ClassName.get("jdk.incubator.vector", "VectorMask");
  private static final int FULL = Long.SIZE;

  private final Uniform uniform;
  private final JavaExpression scalar = new JavaExpression(JavaMachine.LANE);

  LaneExpression(Uniform uniform) {
    this.uniform = uniform;
  }

  boolean isUniform(Node node) {
    return uniform.test(node);
  }

  /** A uniform value. */
  JavaExpression scalar() {
    return scalar;
  }

  /** As a vector. */
  CodeBlock vector(Node node) {
    if (isUniform(node)) {
      return CodeBlock.of("$T.broadcast(S, $L)", LONG_VECTOR, scalar.value(node));
    }
    if (node.width() == 1) {
      return CodeBlock.of("LaneState.ZERO.blend(1L, $L)", mask(node));
    }
    if (node instanceof Node.Local local) {
      return CodeBlock.of("$L", JavaExpression.name(local));
    }
    if (node instanceof Node.GetX x) {
      return load(CodeBlock.of("s.x"), scalar.generalIndex(x.index(), x.stack()));
    }
    if (node instanceof Node.GetV v) {
      return load(CodeBlock.of("s.v"), scalar.vectorIndex(v.index(), v.half()));
    }
    if (node instanceof Node.GetState state) {
      return load(CodeBlock.of("s.$L", JavaMachine.field(state.name())), CodeBlock.of("0"));
    }
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
      return extend(e);
    }
    if (node instanceof Node.Concat c) {
      return concat(c);
    }
    Node.Select s = (Node.Select) node;
    return select(s);
  }

  private static CodeBlock load(CodeBlock array, CodeBlock row) {
    return CodeBlock.of("$T.fromArray(S, $L, ($L) * LaneState.LANES + i)", LONG_VECTOR, array, row);
  }

  /** A 1-bit value as a mask. */
  CodeBlock mask(Node node) {
    if (isUniform(node)) {
      return CodeBlock.of("S.maskAll($L)", scalar.condition(node));
    }
    if (node instanceof Node.Local local) {
      return CodeBlock.of("$L", JavaExpression.name(local));
    }
    if (node instanceof Node.GetState state) {
      return CodeBlock.of("$T.fromLong(S, s.$L >>> i)", MASK, JavaMachine.field(state.name()));
    }
    if (node instanceof Node.Unary u && u.op() == UnaryOp.NOT) {
      return CodeBlock.of("$L.not()", mask(u.operand()));
    }
    if (node instanceof Node.Select s) {
      return CodeBlock.of(
          "$L.or($L)",
          both(s.condition(), s.yes()),
          CodeBlock.of("$L.andNot($L)", mask(s.no()), mask(s.condition())));
    }
    if (node instanceof Node.Binary b) {
      switch (b.op()) {
        case AND:
          return both(b.left(), b.right());
        case OR:
          return CodeBlock.of("$L.or($L)", mask(b.left()), mask(b.right()));
        case XOR:
          return CodeBlock.of("$L.eq($L).not()", mask(b.left()), mask(b.right()));
        case EQ, ULT, SLT:
          return compare(b);
        default:
          break;
      }
    }
    if (node instanceof Node.Extract e) {
      return CodeBlock.of(
          "$L.lanewise($T.LSHL, $LL).compare($T.LT, 0L)",
          vector(e.operand()),
          OPERATORS,
          FULL - 1 - e.low(),
          OPERATORS);
    }
    throw new IllegalArgumentException("no mask for " + node);
  }

  private CodeBlock both(Node a, Node b) {
    return CodeBlock.of("$L.and($L)", mask(a), mask(b));
  }

  private CodeBlock compare(Node.Binary b) {
    int width = b.left().width();
    boolean signed = b.op() == BinaryOp.SLT;
    int up = signed ? FULL - width : 0;
    CodeBlock right =
        isUniform(b.right())
            ? CodeBlock.of("$L << $L", scalar.value(b.right()), up)
            : up(vector(b.right()), up);
    // Values below 2^63 are ordered the same signed, which is the cheaper comparison.
    String op = b.op() == BinaryOp.EQ ? "EQ" : signed || width < FULL ? "LT" : "ULT";
    return CodeBlock.of("$L.compare($T.$L, $L)", up(vector(b.left()), up), OPERATORS, op, right);
  }

  private static CodeBlock up(CodeBlock vector, int by) {
    return by == 0 ? vector : CodeBlock.of("$L.lanewise($T.LSHL, $LL)", vector, OPERATORS, by);
  }

  private CodeBlock unary(Node.Unary u) {
    CodeBlock a = vector(u.operand());
    int spare = FULL - u.width();
    return switch (u.op()) {
      case NOT -> CodeBlock.of("$L.lanewise($T.XOR, $L)", a, OPERATORS, mask(u.width()));
      case CLZ -> CodeBlock.of("$L.lanewise($T.LEADING_ZEROS_COUNT).sub($LL)", a, OPERATORS, spare);
      case COUNT -> CodeBlock.of("$L.lanewise($T.BIT_COUNT)", a, OPERATORS);
      case REVERSE -> down(CodeBlock.of("$L.lanewise($T.REVERSE)", a, OPERATORS), spare);
      case REVERSE_BYTES ->
          down(CodeBlock.of("$L.lanewise($T.REVERSE_BYTES)", a, OPERATORS), spare);
    };
  }

  private static CodeBlock down(CodeBlock vector, int by) {
    return by == 0 ? vector : CodeBlock.of("$L.lanewise($T.LSHR, $LL)", vector, OPERATORS, by);
  }

  private static String mask(int width) {
    return JavaExpression.literal(Ops.mask(width));
  }

  private static CodeBlock cut(CodeBlock vector, int width) {
    return width == FULL ? vector : CodeBlock.of("$L.and($L)", vector, mask(width));
  }

  private CodeBlock binary(Node.Binary b) {
    int width = b.width();
    return switch (b.op()) {
      case ADD -> cut(lanewise("add", b), width);
      case SUB -> cut(lanewise("sub", b), width);
      case MUL -> cut(lanewise("mul", b), width);
      case AND -> lanewise("and", b);
      case OR -> lanewise("or", b);
      case XOR ->
          CodeBlock.of("$L.lanewise($T.XOR, $L)", vector(b.left()), OPERATORS, operand(b.right()));
      case LSL -> cut(shift("LSHL", vector(b.left()), b), width);
      case LSR -> shift("LSHR", vector(b.left()), b);
      case ASR -> arithmetic(b);
      case ROR -> rotate(b);
      default -> throw new IllegalArgumentException(b.op() + " has no vector form");
    };
  }

  private CodeBlock lanewise(String method, Node.Binary b) {
    return CodeBlock.of("$L.$L($L)", vector(b.left()), method, operand(b.right()));
  }

  /** A right operand may be a {@code long}. */
  private CodeBlock operand(Node node) {
    return isUniform(node) ? scalar.value(node) : vector(node);
  }

  /** A shift whose amount may reach the width, where nothing is left. */
  private CodeBlock shift(String op, CodeBlock left, Node.Binary b) {
    CodeBlock amount = operand(b.right());
    CodeBlock shifted = CodeBlock.of("$L.lanewise($T.$L, $L)", left, OPERATORS, op, amount);
    if (Ranges.most(b.right()) < FULL) {
      // Up to 63 the vector shift is exact; what leaves the width is cut off.
      return shifted;
    }
    return isUniform(b.right())
        ? CodeBlock.of(
            "(Long.compareUnsigned($L, $L) < 0 ? $L : LaneState.ZERO)", amount, FULL, shifted)
        : CodeBlock.of("$L.blend(0L, $L.compare($T.UGE, $LL))", shifted, amount, OPERATORS, FULL);
  }

  private CodeBlock arithmetic(Node.Binary b) {
    int spare = FULL - b.width();
    CodeBlock left = up(vector(b.left()), spare);
    CodeBlock limited =
        isUniform(b.right())
            ? CodeBlock.of("Math.min($L, 63L)", nonNegative(b.right()))
            : CodeBlock.of(
                "$L.blend(63L, $L.compare($T.UGE, 63L))",
                vector(b.right()),
                vector(b.right()),
                OPERATORS);
    CodeBlock shifted = CodeBlock.of("$L.lanewise($T.ASHR, $L)", left, OPERATORS, limited);
    // The value stands at the top, so after the shift it comes down by the spare bits.
    return spare == 0
        ? shifted
        : CodeBlock.of("$L.lanewise($T.LSHR, $LL)", shifted, OPERATORS, spare);
  }

  private CodeBlock nonNegative(Node node) {
    return node.width() == FULL
        ? CodeBlock.of("($L & Long.MAX_VALUE)", scalar.value(node))
        : scalar.value(node);
  }

  private CodeBlock rotate(Node.Binary b) {
    CodeBlock left = vector(b.left());
    if (b.width() == FULL) {
      return CodeBlock.of("$L.lanewise($T.ROR, $L)", left, OPERATORS, operand(b.right()));
    }
    // Twice the 32 bits beside each other, and then a plain shift.
    CodeBlock amount =
        isUniform(b.right())
            ? CodeBlock.of("($L & 31L)", scalar.value(b.right()))
            : CodeBlock.of("$L.and(31L)", vector(b.right()));
    return CodeBlock.of(
        "$L.or($L.lanewise($T.LSHL, 32L)).lanewise($T.LSHR, $L).and(0xffffffffL)",
        left,
        left,
        OPERATORS,
        OPERATORS,
        amount);
  }

  private CodeBlock extract(Node.Extract e) {
    CodeBlock low = down(vector(e.operand()), e.low());
    return e.low() + e.width() == e.operand().width() ? low : cut(low, e.width());
  }

  private CodeBlock extend(Node.Extend e) {
    if (!e.signed()) {
      return vector(e.operand());
    }
    if (e.operand().width() == 1) {
      return CodeBlock.of("LaneState.ZERO.blend($L, $L)", mask(e.width()), mask(e.operand()));
    }
    int spare = FULL - e.operand().width();
    return cut(
        CodeBlock.of(
            "$L.lanewise($T.LSHL, $LL).lanewise($T.ASHR, $LL)",
            vector(e.operand()),
            OPERATORS,
            spare,
            OPERATORS,
            spare),
        e.width());
  }

  private CodeBlock concat(Node.Concat c) {
    CodeBlock high = up(vector(c.high()), c.low().width());
    if (c.low() instanceof Node.Const low && low.value() == 0) {
      return high;
    }
    return CodeBlock.of("$L.or($L)", high, operand(c.low()));
  }

  private CodeBlock select(Node.Select s) {
    if (isUniform(s.condition())) {
      return CodeBlock.of(
          "($L ? $L : $L)", scalar.condition(s.condition()), vector(s.yes()), vector(s.no()));
    }
    return CodeBlock.of("$L.blend($L, $L)", vector(s.no()), operand(s.yes()), mask(s.condition()));
  }
}
