package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;

/**
 * Takes legal nodes apart, so that a backend only says what stands for each. There is one method
 * per legal node, so a new node does not compile until every backend handles it.
 *
 * @param <T> what stands for a node
 */
public abstract class NodePrinter<T> {
  /** Returns what stands for a node. */
  public final T of(Node node) {
    return switch (node) {
      case Node.Const n -> constant(n);
      case Node.Word n -> word();
      case Node.Local n -> local(n);
      case Node.GetX n -> general(n);
      case Node.GetV n -> vector(n);
      case Node.GetState n -> state(n);
      case Node.Pc n -> pc();
      case Node.Unary n -> n.op() == UnaryOp.NOT ? not(n) : unary(n);
      case Node.Binary n -> n.op().comparison() ? comparison(n, n.op()) : binary(n);
      case Node.Extend n -> widened(n);
      case Node.Extract n -> lowHalf(n);
      case Node.Select n -> select(n);
      case Node.Field n -> throw illegal(n);
      case Node.Concat n -> throw illegal(n);
    };
  }

  private static IllegalArgumentException illegal(Node node) {
    return new IllegalArgumentException("not legal, legalise it first: " + node);
  }

  /** Whether a node is the inverse of an equality, for which languages have an operator. */
  protected static boolean isUnequal(Node.Unary not) {
    return not.operand() instanceof Node.Binary b && b.op() == BinaryOp.EQ;
  }

  protected abstract T constant(Node.Const n);

  /** The instruction word, 32 bits. */
  protected abstract T word();

  protected abstract T local(Node.Local n);

  protected abstract T general(Node.GetX n);

  protected abstract T vector(Node.GetV n);

  protected abstract T state(Node.GetState n);

  /** The instruction's address, 64 bits. */
  protected abstract T pc();

  /** NOT, of a truth or a number. */
  protected abstract T not(Node.Unary n);

  /** The operators of one number other than NOT. */
  protected abstract T unary(Node.Unary n);

  /** The operators of two operands other than comparisons. */
  protected abstract T binary(Node.Binary n);

  /** EQ, ULT and SLT, of numbers. */
  protected abstract T comparison(Node.Binary n, BinaryOp op);

  /** 32 bits as 64. */
  protected abstract T widened(Node.Extend n);

  /** The low 32 bits of 64. */
  protected abstract T lowHalf(Node.Extract n);

  protected abstract T select(Node.Select n);
}
