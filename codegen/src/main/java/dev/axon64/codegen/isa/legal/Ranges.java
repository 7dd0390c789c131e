package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;

/** How large a value can get. */
final class Ranges {
  private Ranges() {}

  /** Returns an unsigned upper bound; {@link Long#MAX_VALUE} stands for any larger one. */
  static long most(Node node) {
    if (node instanceof Node.Const c) {
      return c.value() < 0 ? Long.MAX_VALUE : c.value();
    }
    if (node instanceof Node.Extend e && !e.signed()) {
      return most(e.operand());
    }
    if (node instanceof Node.Binary b && b.op() == BinaryOp.AND) {
      return Math.min(most(b.left()), most(b.right()));
    }
    if (node instanceof Node.Select s) {
      return Math.max(most(s.yes()), most(s.no()));
    }
    return node.width() >= Long.SIZE - 1 ? Long.MAX_VALUE : Ops.mask(node.width());
  }
}
