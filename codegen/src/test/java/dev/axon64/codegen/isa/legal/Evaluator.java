package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import java.util.HashMap;
import java.util.Map;

/** Computes a value from those of the locals in it. */
final class Evaluator {
  private final Map<Integer, Long> locals;
  private final int word;

  Evaluator(Map<Integer, Long> locals, int word) {
    this.locals = new HashMap<>(locals);
    this.word = word;
  }

  /** Computes what must be computed first, and then the value. */
  long value(Legaliser.Value legal) {
    for (Effect effect : legal.definitions()) {
      Effect.Define define = (Effect.Define) effect;
      locals.put(define.local().id(), value(define.value()));
    }
    return value(legal.node());
  }

  /** Zero above the node's width. */
  long value(Node node) {
    return switch (node) {
      case Node.Const n -> n.value();
      case Node.Field n -> (word & 0xffff_ffffL) >>> n.low() & Ops.mask(n.width());
      case Node.Word n -> word & 0xffff_ffffL;
      case Node.Local n -> locals.get(n.id()) & Ops.mask(n.width());
      case Node.Unary n -> n.op().apply(n.width(), value(n.operand()));
      case Node.Binary n -> n.op().apply(n.left().width(), value(n.left()), value(n.right()));
      case Node.Extract n -> value(n.operand()) >>> n.low() & Ops.mask(n.width());
      case Node.Extend n -> {
        int spare = Long.SIZE - n.operand().width();
        long operand = value(n.operand());
        yield (n.signed() ? operand << spare >> spare : operand) & Ops.mask(n.width());
      }
      case Node.Concat n -> value(n.high()) << n.low().width() | value(n.low());
      case Node.Select n -> value(n.condition()) != 0 ? value(n.yes()) : value(n.no());
      case Node.GetX n -> throw new IllegalArgumentException("no value of " + n);
      case Node.GetV n -> throw new IllegalArgumentException("no value of " + n);
      case Node.GetState n -> throw new IllegalArgumentException("no value of " + n);
      case Node.Pc n -> throw new IllegalArgumentException("no value of " + n);
    };
  }
}
