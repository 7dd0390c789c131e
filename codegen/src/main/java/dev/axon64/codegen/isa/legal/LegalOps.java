package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;

/**
 * Builds legal nodes, folding what is known. Widths are 1, 32 and 64; shift amounts are below the
 * width; {@link Ops} would turn shifts and masks back into the moves of bits that they came from.
 */
final class LegalOps {
  private LegalOps() {}

  static Node constant(int width, long value) {
    return Ops.constant(width, value);
  }

  static Node unary(UnaryOp op, Node a) {
    return Ops.unary(op, a);
  }

  static Node not(Node a) {
    return unary(UnaryOp.NOT, a);
  }

  /** Any operator whose two operands have one width; a constant comes second where it may. */
  static Node binary(BinaryOp op, Node a, Node b) {
    int width = op.comparison() ? 1 : a.width();
    if (a instanceof Node.Const && b instanceof Node.Const) {
      return Ops.binary(op, a, b);
    }
    if (a instanceof Node.Const && op.commutative()) {
      return binary(op, b, a);
    }
    if (b instanceof Node.Const c) {
      boolean all = c.value() == Ops.mask(a.width());
      switch (op) {
        case ADD, SUB, OR, XOR:
          if (c.value() == 0) {
            return a;
          }
          if (all && op == BinaryOp.XOR) {
            return not(a);
          }
          break;
        case AND:
          return all ? a : c.value() == 0 ? c : and(a, c);
        default:
          break;
      }
    }
    return new Node.Binary(op, width, a, b);
  }

  private static Node and(Node a, Node.Const mask) {
    if (a instanceof Node.Binary inner
        && inner.op() == BinaryOp.AND
        && inner.right() instanceof Node.Const c) {
      return binary(BinaryOp.AND, inner.left(), constant(a.width(), c.value() & mask.value()));
    }
    return new Node.Binary(BinaryOp.AND, a.width(), a, mask);
  }

  /** Clears the bits from {@code width} up. */
  static Node masked(Node a, int width) {
    return binary(BinaryOp.AND, a, constant(a.width(), Ops.mask(width)));
  }

  /** Shifts by a constant. */
  static Node shift(BinaryOp op, Node a, int by) {
    if (by == 0) {
      return a;
    }
    if (op == BinaryOp.LSL && a instanceof Node.Binary inner && isLost(inner, by)) {
      return shift(op, inner.left(), by);
    }
    if (op == BinaryOp.LSL
        && a instanceof Node.Binary inner
        && isShift(inner, op)
        && amount(inner) + by < a.width()) {
      return shift(op, inner.left(), amount(inner) + by);
    }
    if (op == BinaryOp.ASR && a instanceof Node.Binary up && isShift(up, BinaryOp.LSL)) {
      int lifted = amount(up);
      if (up.left() instanceof Node.Binary down && isShift(down, BinaryOp.LSR)) {
        int lowered = amount(down);
        if (by >= lifted && lifted >= lowered) {
          // The bits that the first shift moved out would be moved out by the last one too.
          return shift(op, shift(BinaryOp.LSL, down.left(), lifted - lowered), by);
        }
      }
    }
    return shift(op, a, constant(Integer.SIZE, by));
  }

  /** Whether a mask clears only bits that a shift to the left moves out. */
  private static boolean isLost(Node.Binary inner, int by) {
    return inner.op() == BinaryOp.AND
        && inner.right() instanceof Node.Const mask
        && (mask.value() << by & Ops.mask(inner.width()))
            == (Ops.mask(inner.width()) << by & Ops.mask(inner.width()));
  }

  private static boolean isShift(Node.Binary node, BinaryOp op) {
    return node.op() == op && node.right() instanceof Node.Const;
  }

  private static int amount(Node.Binary shift) {
    return (int) ((Node.Const) shift.right()).value();
  }

  /** Shifts or rotates by an amount that is below the width; rotation takes any amount. */
  static Node shift(BinaryOp op, Node a, Node by) {
    return a instanceof Node.Const && by instanceof Node.Const
        ? Ops.binary(op, a, by)
        : new Node.Binary(op, a.width(), a, by);
  }

  static Node select(Node condition, Node yes, Node no) {
    return Ops.select(condition, yes, no);
  }

  /** Makes a number of a truth or a narrower number, with zeros on top. */
  static Node widened(Node a, int width) {
    if (a.width() == width) {
      return a;
    }
    if (a.width() == 1) {
      return select(a, constant(width, 1), constant(width, 0));
    }
    return a instanceof Node.Const ? Ops.extend(width, false, a) : new Node.Extend(width, false, a);
  }

  /** Makes 64 bits of 32, with copies of the sign on top. */
  static Node signWidened(Node a) {
    return a instanceof Node.Const
        ? Ops.extend(Long.SIZE, true, a)
        : new Node.Extend(Long.SIZE, true, a);
  }

  /** The low half of 64 bits. */
  static Node lowHalf(Node a) {
    if (a instanceof Node.Const) {
      return Ops.extract(Integer.SIZE, 0, a);
    }
    if (a instanceof Node.Extend e) {
      return e.operand();
    }
    if (a instanceof Node.Binary b
        && b.op() == BinaryOp.AND
        && b.right() instanceof Node.Const mask
        && mask.value() >>> Integer.SIZE == 0) {
      return binary(BinaryOp.AND, lowHalf(b.left()), constant(Integer.SIZE, mask.value()));
    }
    if (a instanceof Node.Select s) {
      return select(s.condition(), lowHalf(s.yes()), lowHalf(s.no()));
    }
    return new Node.Extract(Integer.SIZE, 0, a);
  }

  /** Whether a bit of a number is set. */
  static Node bit(Node a, int position) {
    Node alone = binary(BinaryOp.AND, a, constant(a.width(), 1L << position));
    return not(binary(BinaryOp.EQ, alone, constant(a.width(), 0)));
  }

  /** Whether a truth or number is zero. */
  static Node isZero(Node a) {
    return a.width() == 1 ? not(a) : binary(BinaryOp.EQ, a, constant(a.width(), 0));
  }

  /** Extends the sign of a legal value of {@code from} bits to a number of {@code width} bits. */
  static Node signExtended(Node a, int from, int width) {
    if (from == 1) {
      return select(a, constant(width, -1), constant(width, 0));
    }
    int spare = a.width() - from;
    Node same = shift(BinaryOp.ASR, shift(BinaryOp.LSL, a, spare), spare);
    return a.width() < width ? signWidened(same) : same;
  }
}
