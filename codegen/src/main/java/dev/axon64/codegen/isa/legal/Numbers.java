package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;

/** Makes values of more than 1 bit legal: they become numbers of 32 or 64 bits. */
final class Numbers {
  private final Legaliser legaliser;
  private final Widths widths;

  Numbers(Legaliser legaliser, Widths widths) {
    this.legaliser = legaliser;
    this.widths = widths;
  }

  /** A legal node for a value of more than 1 bit. */
  Node of(Node node) {
    int width = widths.of(node.width());
    return switch (node) {
      case Node.Const n -> LegalOps.constant(width, n.value());
      case Node.Field n -> field(n, width);
      case Node.Word n -> n;
      case Node.Local n -> legaliser.local(n);
      case Node.GetX n -> new Node.GetX(legaliser.index(n.index()), n.stack());
      case Node.GetV n -> new Node.GetV(legaliser.index(n.index()), n.half());
      case Node.GetState n -> new Node.GetState(width, n.name());
      case Node.Pc n -> n;
      case Node.Unary n -> unary(n);
      case Node.Binary n -> new NumberOperator(n, width, legaliser, widths).legal();
      case Node.Extract n -> extract(n, width);
      case Node.Extend n -> {
        Node a = legaliser.node(n.operand());
        yield n.signed()
            ? LegalOps.masked(LegalOps.signExtended(a, n.operand().width(), width), n.width())
            : LegalOps.widened(a, width);
      }
      case Node.Concat n ->
          LegalOps.binary(
              BinaryOp.OR,
              LegalOps.shift(
                  BinaryOp.LSL, LegalOps.widened(legaliser.node(n.high()), width), n.low().width()),
              LegalOps.widened(legaliser.node(n.low()), width));
      case Node.Select n ->
          LegalOps.select(
              legaliser.node(n.condition()), legaliser.node(n.yes()), legaliser.node(n.no()));
    };
  }

  private static Node field(Node.Field n, int width) {
    Node low = LegalOps.shift(BinaryOp.LSR, new Node.Word(), n.low());
    boolean reachesTop = n.low() + n.width() == Integer.SIZE;
    return LegalOps.widened(reachesTop ? low : LegalOps.masked(low, n.width()), width);
  }

  private Node extract(Node.Extract n, int width) {
    Node low = LegalOps.shift(BinaryOp.LSR, legaliser.node(n.operand()), n.low());
    Node half = low.width() > width ? LegalOps.lowHalf(low) : low;
    boolean reachesTop = n.low() + n.width() == n.operand().width();
    return reachesTop ? half : LegalOps.masked(half, n.width());
  }

  private Node unary(Node.Unary n) {
    Node a = legaliser.node(n.operand());
    int spare = a.width() - n.width();
    return switch (n.op()) {
      case NOT ->
          LegalOps.binary(BinaryOp.XOR, a, LegalOps.constant(a.width(), Ops.mask(n.width())));
      case CLZ ->
          LegalOps.binary(
              BinaryOp.SUB, LegalOps.unary(n.op(), a), LegalOps.constant(a.width(), spare));
      case COUNT -> LegalOps.unary(n.op(), a);
      case REVERSE, REVERSE_BYTES -> LegalOps.shift(BinaryOp.LSR, LegalOps.unary(n.op(), a), spare);
    };
  }
}
