package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Node.Binary;
import dev.axon64.codegen.isa.ir.Node.Const;
import dev.axon64.codegen.isa.ir.Node.Extract;
import dev.axon64.codegen.isa.ir.Node.Select;
import dev.axon64.codegen.isa.ir.Node.Unary;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.function.UnaryOperator;

/**
 * Finds simpler forms of values: what differences and comparisons look like once they have gone
 * through sums with a carry and through flags.
 */
final class Peephole {
  /** What a local stands for; the local itself if nothing is known. */
  private final UnaryOperator<Node> meaning;

  Peephole(UnaryOperator<Node> meaning) {
    this.meaning = meaning;
  }

  /** The same value, simpler if there is a way; its operands are simple already. */
  Node simplified(Node node) {
    return switch (node) {
      case Binary b -> binary(b);
      case Extract e -> e.width() == 1 ? orElse(chosen(e), bit(e)) : e;
      default -> node;
    };
  }

  private Node binary(Binary b) {
    Node alike = b.left().equals(b.right()) ? ofItself(b) : b;
    if (alike != b) {
      return alike;
    }
    return switch (b.op()) {
      case ADD -> sum(b);
      case SUB -> difference(b);
      case EQ -> equality(b);
      case OR -> isInverse(b.left(), b.right()) ? Ops.constant(b.width(), -1) : b;
      case AND -> isInverse(b.left(), b.right()) ? Ops.constant(b.width(), 0) : strict(b);
      case XOR -> b.width() == 1 ? signed(b) : b;
      default -> b;
    };
  }

  private static Node ofItself(Binary b) {
    return switch (b.op()) {
      case SUB, XOR -> Ops.constant(b.width(), 0);
      case AND, OR -> b.left();
      case EQ -> Ops.constant(1, 1);
      case ULT, SLT -> Ops.constant(1, 0);
      default -> b;
    };
  }

  private boolean isInverse(Node a, Node b) {
    return isNot(a, b) || isNot(b, a);
  }

  private boolean isNot(Node a, Node b) {
    return meaning.apply(a) instanceof Unary u && u.op() == UnaryOp.NOT && u.operand().equals(b);
  }

  /** {@code x + ~y + 1} is {@code x - y}. */
  private Node sum(Binary b) {
    if (b.right() instanceof Const one
        && meaning.apply(b.left()) instanceof Binary inner
        && inner.op() == BinaryOp.ADD) {
      if (inner.right() instanceof Const c) {
        return Ops.binary(
            BinaryOp.ADD, inner.left(), Ops.constant(b.width(), c.value() + one.value()));
      }
      if (one.value() == 1) {
        if (meaning.apply(inner.right()) instanceof Unary u && u.op() == UnaryOp.NOT) {
          return difference(Ops.binary(BinaryOp.SUB, inner.left(), u.operand()));
        }
        if (meaning.apply(inner.left()) instanceof Unary u && u.op() == UnaryOp.NOT) {
          return difference(Ops.binary(BinaryOp.SUB, inner.right(), u.operand()));
        }
      }
    }
    return b;
  }

  private static Node difference(Node node) {
    return node instanceof Binary b && b.op() == BinaryOp.SUB && b.left().equals(b.right())
        ? Ops.constant(b.width(), 0)
        : node;
  }

  /** A difference as minuend and subtrahend; a sum with a constant is one, too. */
  private record Difference(Node from, Node taken) {}

  private Difference difference(Node node, int width) {
    if (meaning.apply(node) instanceof Binary b && b.width() == width) {
      if (b.op() == BinaryOp.SUB) {
        return new Difference(b.left(), b.right());
      }
      if (b.op() == BinaryOp.ADD && b.right() instanceof Const c) {
        return new Difference(b.left(), Ops.constant(width, -c.value()));
      }
    }
    return null;
  }

  /** {@code x - y == 0} is {@code x == y}. */
  private Node equality(Binary b) {
    if (b.right() instanceof Const zero && zero.value() == 0) {
      Difference d = difference(b.left(), b.left().width());
      if (d != null) {
        return Ops.binary(BinaryOp.EQ, d.from(), d.taken());
      }
    }
    return b;
  }

  /** A bit of one of two values, as flags that are set or kept: one of two bits. */
  private Node chosen(Extract e) {
    if (!(meaning.apply(e.operand()) instanceof Select select)) {
      return null;
    }
    Node yes = part(e.low(), select.yes());
    Node no = part(e.low(), select.no());
    return yes == null || no == null ? null : Ops.select(select.condition(), yes, no);
  }

  /** A bit of a value that is put together of others; null if it is not. */
  private Node part(int bit, Node of) {
    Node whole = meaning.apply(of);
    Node part = Ops.extract(1, bit, whole);
    return part instanceof Extract e && e.operand().equals(whole) ? null : part;
  }

  /** The carry out of {@code x + ~y + 1} is {@code x >= y}, unsigned. */
  private Node bit(Extract e) {
    if (e.low() != e.operand().width() - 1
        || !(meaning.apply(e.operand()) instanceof Binary or)
        || or.op() != BinaryOp.OR
        || !(meaning.apply(or.left()) instanceof Binary both)
        || !(meaning.apply(or.right()) instanceof Binary propagated)
        || both.op() != BinaryOp.AND
        || propagated.op() != BinaryOp.AND
        || !(meaning.apply(propagated.left()) instanceof Binary either)
        || either.op() != BinaryOp.OR
        || !either.left().equals(both.left())
        || !either.right().equals(both.right())
        || !(meaning.apply(propagated.right()) instanceof Unary not)
        || not.op() != UnaryOp.NOT) {
      return e;
    }
    return carry(e, both.left(), both.right(), not.operand());
  }

  private Node carry(Extract e, Node x, Node y, Node sum) {
    Difference d = difference(sum, e.operand().width());
    if (d != null && d.from().equals(x) && isComplement(y, d.taken())) {
      return Ops.not(Ops.binary(BinaryOp.ULT, x, d.taken()));
    }
    return e;
  }

  /** Whether {@code y} is {@code ~taken}. */
  private boolean isComplement(Node y, Node taken) {
    return y instanceof Const a && taken instanceof Const b
        ? a.value() == (~b.value() & Ops.mask(b.width()))
        : isNot(y, taken);
  }

  /** Sign and overflow of {@code x - y} differ where {@code x < y}, signed. */
  private Node signed(Binary b) {
    Node found = less(b.left(), b.right());
    return found != null ? found : orElse(less(b.right(), b.left()), b);
  }

  private static Node orElse(Node found, Node otherwise) {
    return found != null ? found : otherwise;
  }

  private Node less(Node sign, Node overflow) {
    if (meaning.apply(sign) instanceof Extract n
        && meaning.apply(overflow) instanceof Extract v
        && n.low() == n.operand().width() - 1
        && v.low() == n.low()
        && v.operand().width() == n.operand().width()
        && meaning.apply(v.operand()) instanceof Binary and
        && and.op() == BinaryOp.AND
        && meaning.apply(and.left()) instanceof Binary left
        && meaning.apply(and.right()) instanceof Binary right
        && left.op() == BinaryOp.XOR
        && right.op() == BinaryOp.XOR) {
      Node sum = n.operand();
      Difference d = difference(sum, sum.width());
      if (d != null
          && left.left().equals(d.from())
          && left.right().equals(sum)
          && isOfComplement(right, d.taken(), sum)) {
        return Ops.binary(BinaryOp.SLT, d.from(), d.taken());
      }
    }
    return null;
  }

  private boolean isOfComplement(Binary xor, Node taken, Node sum) {
    return xor.right().equals(sum) && isComplement(xor.left(), taken)
        || xor.left().equals(sum) && isComplement(xor.right(), taken);
  }

  /** Not below and not equal is above. */
  private Node strict(Binary b) {
    if (b.width() != 1) {
      return b;
    }
    Node found = above(b.left(), b.right());
    return found != null ? found : orElse(above(b.right(), b.left()), b);
  }

  private Node above(Node notBelow, Node notEqual) {
    return meaning.apply(notBelow) instanceof Unary u
            && u.op() == UnaryOp.NOT
            && meaning.apply(u.operand()) instanceof Binary below
            && (below.op() == BinaryOp.ULT || below.op() == BinaryOp.SLT)
            && meaning.apply(notEqual) instanceof Unary v
            && v.op() == UnaryOp.NOT
            && meaning.apply(v.operand()) instanceof Binary equal
            && equal.op() == BinaryOp.EQ
            && equal.left().equals(below.left())
            && equal.right().equals(below.right())
        ? Ops.binary(below.op(), below.right(), below.left())
        : null;
  }
}
