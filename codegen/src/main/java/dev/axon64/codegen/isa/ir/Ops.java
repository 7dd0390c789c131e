package dev.axon64.codegen.isa.ir;

import dev.axon64.codegen.isa.ir.Node.Binary;
import dev.axon64.codegen.isa.ir.Node.Concat;
import dev.axon64.codegen.isa.ir.Node.Const;
import dev.axon64.codegen.isa.ir.Node.Extend;
import dev.axon64.codegen.isa.ir.Node.Extract;
import dev.axon64.codegen.isa.ir.Node.Field;
import dev.axon64.codegen.isa.ir.Node.Select;
import dev.axon64.codegen.isa.ir.Node.Unary;
import java.util.function.UnaryOperator;

/** Builds nodes, folding what is known and what changes nothing. */
public final class Ops {
  private Ops() {}

  /**
   * The same operation on other operands.
   *
   * @param operands gives what takes the place of each operand, in order
   */
  public static Node mapped(Node.Operation operation, UnaryOperator<Node> operands) {
    return switch (operation) {
      case Unary n -> unary(n.op(), operands.apply(n.operand()));
      case Binary n -> binary(n.op(), operands.apply(n.left()), operands.apply(n.right()));
      case Extract n -> extract(n.width(), n.low(), operands.apply(n.operand()));
      case Extend n -> extend(n.width(), n.signed(), operands.apply(n.operand()));
      case Concat n -> concat(operands.apply(n.high()), operands.apply(n.low()));
      case Select n -> {
        Node condition = operands.apply(n.condition());
        yield select(condition, operands.apply(n.yes()), operands.apply(n.no()));
      }
    };
  }

  /** The lowest {@code width} bits. */
  public static long mask(int width) {
    return width == Long.SIZE ? -1L : (1L << width) - 1;
  }

  /** A constant; bits above the width are cut off. */
  public static Const constant(int width, long value) {
    return new Const(width, value & mask(width));
  }

  /** One operand. */
  public static Node unary(UnaryOp op, Node a) {
    if (a instanceof Const) {
      return Evaluation.known(new Unary(op, a.width(), a));
    }
    if (op == UnaryOp.NOT && a instanceof Unary inner && inner.op() == UnaryOp.NOT) {
      return inner.operand();
    }
    return new Unary(op, a.width(), a);
  }

  /** Two operands; a constant of a commutative operator comes second. */
  public static Node binary(BinaryOp op, Node a, Node b) {
    int width = op.comparison() ? 1 : a.width();
    if (width == 1 && (op == BinaryOp.ADD || op == BinaryOp.SUB)) {
      // Of one bit, sums and differences are the same, and simpler.
      return binary(BinaryOp.XOR, a, b);
    }
    if (a instanceof Const && b instanceof Const) {
      return Evaluation.known(new Binary(op, width, a, b));
    }
    if (a instanceof Const && op.commutative()) {
      return binary(op, b, a);
    }
    if (b instanceof Const c) {
      Node simpler = withConstant(op, a, c);
      if (simpler != null) {
        return simpler;
      }
    }
    return new Binary(op, width, a, b);
  }

  private static Node withConstant(BinaryOp op, Node a, Const c) {
    int width = a.width();
    long value = c.value();
    boolean all = value == mask(width);
    return switch (op) {
      case ADD, SUB, OR, XOR -> {
        if (value == 0) {
          yield a;
        }
        yield op == BinaryOp.OR && all ? c : op == BinaryOp.XOR && all ? not(a) : null;
      }
      case AND -> value == 0 ? c : all ? a : null;
      case MUL -> value == 0 ? c : value == 1 ? a : null;
      case EQ -> width == 1 ? (value == 1 ? a : not(a)) : null;
      case LSL, LSR -> shift(op, a, value);
      case ROR -> rotate(a, (int) (value & (width - 1)));
      case ASR ->
          value == 0
              ? a
              : extend(
                  width,
                  true,
                  Long.compareUnsigned(value, width) >= 0
                      ? extract(1, width - 1, a)
                      : extract(width - (int) value, (int) value, a));
      default -> null;
    };
  }

  /** Shifts by constants are moves of bits. */
  private static Node shift(BinaryOp op, Node a, long amount) {
    int width = a.width();
    if (Long.compareUnsigned(amount, width) >= 0) {
      return constant(width, 0);
    }
    int by = (int) amount;
    if (by == 0) {
      return a;
    }
    return op == BinaryOp.LSL
        ? concat(extract(width - by, 0, a), constant(by, 0))
        : extend(width, false, extract(width - by, by, a));
  }

  private static Node rotate(Node a, int by) {
    int width = a.width();
    return by == 0 ? a : new Binary(BinaryOp.ROR, width, a, constant(6, by));
  }

  /** All bits inverted. */
  public static Node not(Node a) {
    return unary(UnaryOp.NOT, a);
  }

  /** {@code width} bits from {@code low} up. */
  public static Node extract(int width, int low, Node a) {
    if (low == 0 && width == a.width()) {
      return a;
    }
    if (a instanceof Const) {
      return Evaluation.known(new Extract(width, low, a));
    }
    if (a instanceof Field f) {
      return new Field(width, f.low() + low, f.name());
    }
    if (a instanceof Extract inner) {
      return extract(width, inner.low() + low, inner.operand());
    }
    if (a instanceof Concat c) {
      int seam = c.low().width();
      if (low >= seam) {
        return extract(width, low - seam, c.high());
      }
      if (low + width <= seam) {
        return extract(width, low, c.low());
      }
    }
    if (a instanceof Extend e) {
      int inner = e.operand().width();
      if (low + width <= inner) {
        return extract(width, low, e.operand());
      }
      if (!e.signed() && low >= inner) {
        return constant(width, 0);
      }
      if (low == 0) {
        return extend(width, e.signed(), e.operand());
      }
    }
    if (a instanceof Select s && (s.yes() instanceof Const || s.no() instanceof Const)) {
      return select(s.condition(), extract(width, low, s.yes()), extract(width, low, s.no()));
    }
    return low == 0 ? narrowed(width, a) : new Extract(width, low, a);
  }

  /**
   * The low bits of what computes bit by bit, or upwards only, need the operands' low bits only.
   */
  private static Node narrowed(int width, Node a) {
    if (a instanceof Binary b) {
      switch (b.op()) {
        case ADD, SUB, MUL, AND, OR, XOR:
          return binary(b.op(), extract(width, 0, b.left()), extract(width, 0, b.right()));
        default:
          break;
      }
    }
    if (a instanceof Unary u && u.op() == UnaryOp.NOT) {
      return not(extract(width, 0, u.operand()));
    }
    return new Extract(width, 0, a);
  }

  /** Extends to {@code width}, which is not below the operand's. */
  public static Node extend(int width, boolean signed, Node a) {
    if (width == a.width()) {
      return a;
    }
    if (a instanceof Const) {
      return Evaluation.known(new Extend(width, signed, a));
    }
    if (a instanceof Extend inner && (inner.signed() == signed || !inner.signed())) {
      return new Extend(width, inner.signed(), inner.operand());
    }
    return new Extend(width, signed, a);
  }

  /** {@code high} on top. */
  public static Node concat(Node high, Node low) {
    int width = high.width() + low.width();
    if (high instanceof Const h) {
      if (h.value() == 0) {
        return extend(width, false, low);
      }
      if (low instanceof Const) {
        return Evaluation.known(new Concat(width, high, low));
      }
    }
    if (high instanceof Extract h
        && low instanceof Extract l
        && h.operand().equals(l.operand())
        && h.low() == l.low() + l.width()) {
      return extract(width, l.low(), h.operand());
    }
    if (high instanceof Field h && low instanceof Field l && h.low() == l.low() + l.width()) {
      return new Field(width, l.low(), l.name());
    }
    return new Concat(width, high, low);
  }

  /** Chooses. */
  public static Node select(Node condition, Node yes, Node no) {
    if (condition instanceof Const c) {
      return c.value() != 0 ? yes : no;
    }
    if (yes.equals(no)) {
      return yes;
    }
    if (condition instanceof Unary u && u.op() == UnaryOp.NOT) {
      return select(u.operand(), no, yes);
    }
    if (yes.width() == 1 && yes instanceof Const y && no instanceof Const) {
      return y.value() == 1 ? condition : not(condition);
    }
    return new Select(yes.width(), condition, yes, no);
  }
}
