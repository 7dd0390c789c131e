package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Node;
import java.util.HashMap;
import java.util.Map;

/** Computes a value from the word and those of the locals in it. */
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
    return Evaluation.of(node, this::read);
  }

  private long read(Node.Read read) {
    return switch (read) {
      case Node.Field n -> (word & 0xffff_ffffL) >>> n.low();
      case Node.Word n -> word;
      case Node.Local n -> locals.get(n.id());
      case Node.GetX n -> throw new IllegalArgumentException("no value of " + n);
      case Node.GetV n -> throw new IllegalArgumentException("no value of " + n);
      case Node.GetState n -> throw new IllegalArgumentException("no value of " + n);
      case Node.Pc n -> throw new IllegalArgumentException("no value of " + n);
    };
  }
}
