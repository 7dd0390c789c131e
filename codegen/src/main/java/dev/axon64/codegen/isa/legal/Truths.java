package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;

/** Makes values of 1 bit legal: they become truths. */
final class Truths {
  private final Legaliser legaliser;
  private final Widths widths;

  Truths(Legaliser legaliser, Widths widths) {
    this.legaliser = legaliser;
    this.widths = widths;
  }

  /** A legal node for a value of 1 bit. */
  Node of(Node node) {
    return switch (node) {
      case Node.Const n -> n;
      case Node.Field n -> LegalOps.bit(new Node.Word(), n.low());
      case Node.Local n -> n;
      case Node.GetState n -> n;
      case Node.Unary n ->
          switch (n.op()) {
            // One bit has a leading zero if it is zero.
            case NOT, CLZ -> LegalOps.not(legaliser.node(n.operand()));
            case COUNT, REVERSE, REVERSE_BYTES -> legaliser.node(n.operand());
          };
      case Node.Binary n -> n.op().comparison() ? comparison(n) : ofTruths(n);
      case Node.Extract n ->
          n.operand().width() == 1
              ? legaliser.node(n.operand())
              : LegalOps.bit(legaliser.node(n.operand()), n.low());
      case Node.Extend n -> legaliser.node(n.operand());
      case Node.Select n ->
          LegalOps.select(
              legaliser.node(n.condition()), legaliser.node(n.yes()), legaliser.node(n.no()));
      case Node.Word n -> throw wide(n);
      case Node.GetX n -> throw wide(n);
      case Node.GetV n -> throw wide(n);
      case Node.Pc n -> throw wide(n);
      case Node.Concat n -> throw wide(n);
    };
  }

  private static IllegalArgumentException wide(Node node) {
    return new IllegalArgumentException("not of 1 bit: " + node);
  }

  /** Arithmetic on one bit; as a signed number, 1 is minus one. */
  private Node ofTruths(Node.Binary n) {
    Node a = legaliser.node(n.left());
    Node b = legaliser.node(n.right());
    return switch (n.op()) {
      case ADD, SUB, XOR -> LegalOps.binary(BinaryOp.XOR, a, b);
      case AND, MUL, UDIV, SDIV -> LegalOps.binary(BinaryOp.AND, a, b);
      case OR -> LegalOps.binary(BinaryOp.OR, a, b);
      case UMULH, SMULH -> LegalOps.constant(1, 0);
      case LSL, LSR -> LegalOps.binary(BinaryOp.AND, a, LegalOps.isZero(b));
      case ASR, ROR -> a;
      case EQ, ULT, SLT -> throw new IllegalArgumentException("a comparison: " + n);
    };
  }

  private Node comparison(Node.Binary n) {
    Node a = legaliser.node(n.left());
    Node b = legaliser.node(n.right());
    int from = n.left().width();
    int spare = a.width() - from;
    if (from == 1) {
      return switch (n.op()) {
        case EQ -> LegalOps.not(LegalOps.binary(BinaryOp.XOR, a, b));
        case ULT -> LegalOps.binary(BinaryOp.AND, LegalOps.not(a), b);
        default -> LegalOps.binary(BinaryOp.AND, a, LegalOps.not(b));
      };
    }
    long most = Math.max(Ranges.most(n.left()), Ranges.most(n.right()));
    if (n.op() == BinaryOp.ULT) {
      return LegalOps.binary(widths.below(most), a, b);
    }
    if (n.op() == BinaryOp.EQ || most <= Ops.mask(from - 1)) {
      return LegalOps.binary(n.op(), a, b);
    }
    return LegalOps.binary(
        BinaryOp.SLT,
        LegalOps.shift(BinaryOp.LSL, a, spare),
        LegalOps.shift(BinaryOp.LSL, b, spare));
  }
}
