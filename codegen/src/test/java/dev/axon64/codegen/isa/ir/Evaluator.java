package dev.axon64.codegen.isa.ir;

import java.util.Map;

/** Computes a value from those of the locals in it. */
final class Evaluator {
  private final Map<Integer, Long> locals;

  Evaluator(Map<Integer, Long> locals) {
    this.locals = locals;
  }

  /** Zero above the node's width. */
  long value(Node node) {
    if (node instanceof Node.Const c) {
      return c.value();
    }
    if (node instanceof Node.Local local) {
      return locals.get(local.id()) & Ops.mask(local.width());
    }
    if (node instanceof Node.Unary u) {
      return u.op().apply(u.width(), value(u.operand()));
    }
    if (node instanceof Node.Binary b) {
      return b.op().apply(b.left().width(), value(b.left()), value(b.right()));
    }
    if (node instanceof Node.Extract e) {
      return value(e.operand()) >>> e.low() & Ops.mask(e.width());
    }
    if (node instanceof Node.Extend e) {
      int spare = Long.SIZE - e.operand().width();
      long operand = value(e.operand());
      return (e.signed() ? operand << spare >> spare : operand) & Ops.mask(e.width());
    }
    if (node instanceof Node.Concat c) {
      return value(c.high()) << c.low().width() | value(c.low());
    }
    if (node instanceof Node.Select s) {
      return value(s.condition()) != 0 ? value(s.yes()) : value(s.no());
    }
    throw new IllegalArgumentException("no value of " + node);
  }
}
