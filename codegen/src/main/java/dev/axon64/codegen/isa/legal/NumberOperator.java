package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import java.util.function.UnaryOperator;

/** One operator of two numbers, other than a comparison. */
final class NumberOperator {
  private final Legaliser legaliser;
  private final Widths widths;
  private final Node.Binary n;
  private final Node a;

  /** The width in which it is computed: 32 or 64. */
  private final int width;

  NumberOperator(Node.Binary n, int width, Legaliser legaliser, Widths widths) {
    this.legaliser = legaliser;
    this.widths = widths;
    this.n = n;
    this.a = legaliser.node(n.left());
    this.width = width;
  }

  /** Returns the legal node for the operator. */
  Node legal() {
    return switch (n.op()) {
      case ADD, SUB, MUL -> cut(LegalOps.binary(n.op(), a, right()));
      case AND, OR, XOR -> LegalOps.binary(n.op(), a, right());
      case UDIV -> unsignedQuotient();
      case SDIV -> signedQuotient();
      case UMULH, SMULH -> upperHalf();
      case LSL ->
          inRange(by -> cut(LegalOps.shift(BinaryOp.LSL, a, by)), LegalOps.constant(width, 0));
      case LSR -> inRange(by -> LegalOps.shift(BinaryOp.LSR, a, by), LegalOps.constant(width, 0));
      case ASR -> arithmeticShift();
      case ROR -> rotation();
      case EQ, ULT, SLT -> throw new IllegalArgumentException("a comparison: " + n);
    };
  }

  private Node right() {
    return legaliser.node(n.right());
  }

  private Node cut(Node result) {
    return n.width() == width ? result : LegalOps.masked(result, n.width());
  }

  private Node zero() {
    return LegalOps.constant(width, 0);
  }

  /** Division by zero gives zero. */
  private Node unsignedQuotient() {
    Node divisor = legaliser.once("divisor", right());
    return LegalOps.select(
        LegalOps.isZero(divisor), zero(), LegalOps.binary(BinaryOp.UDIV, a, divisor));
  }

  /** Division by minus one is a negation, which leaves the most negative number as it is. */
  private Node signedQuotient() {
    Node dividend = legaliser.once("dividend", LegalOps.signExtended(a, n.width(), width));
    Node divisor = legaliser.once("divisor", LegalOps.signExtended(right(), n.width(), width));
    Node negative =
        LegalOps.binary(BinaryOp.EQ, divisor, LegalOps.constant(width, Ops.mask(width)));
    Node quotient =
        LegalOps.select(
            negative,
            LegalOps.binary(BinaryOp.SUB, zero(), dividend),
            LegalOps.binary(BinaryOp.SDIV, dividend, divisor));
    return cut(LegalOps.select(LegalOps.isZero(divisor), zero(), quotient));
  }

  /** The upper half of up to 32 bits is taken from a product of 64. */
  private Node upperHalf() {
    if (n.width() == Long.SIZE) {
      return LegalOps.binary(n.op(), a, right());
    }
    boolean signed = n.op() == BinaryOp.SMULH;
    Node product = LegalOps.binary(BinaryOp.MUL, factor(a, signed), factor(right(), signed));
    Node high = LegalOps.shift(BinaryOp.LSR, product, n.width());
    return cut(width < Long.SIZE ? LegalOps.lowHalf(high) : high);
  }

  private Node factor(Node factor, boolean signed) {
    return signed
        ? LegalOps.signExtended(factor, n.width(), Long.SIZE)
        : LegalOps.widened(factor, Long.SIZE);
  }

  /** A shift, or {@code beyond} where the amount reaches the width. */
  private Node inRange(UnaryOperator<Node> shift, Node beyond) {
    Node amount = right();
    if (Ranges.most(n.right()) < width) {
      return shift.apply(sized(amount));
    }
    Node by = legaliser.once("amount", amount);
    Node fits =
        LegalOps.binary(
            widths.below(Ranges.most(n.right())), by, LegalOps.constant(by.width(), width));
    return LegalOps.select(fits, shift.apply(sized(by)), beyond);
  }

  /** An amount that is below the width, in the width that shifts take amounts in. */
  private Node sized(Node amount) {
    return amount.width() > widths.amount()
        ? LegalOps.lowHalf(amount)
        : LegalOps.widened(amount, widths.amount());
  }

  /** Moves the value to the top of the number for the shift, so that their signs agree. */
  private Node arithmeticShift() {
    int spare = width - n.width();
    Node top = LegalOps.shift(BinaryOp.LSL, a, spare);
    Node most = LegalOps.constant(widths.amount(), width - 1L);
    Node by = inRange(amount -> amount, most);
    return LegalOps.shift(BinaryOp.LSR, LegalOps.shift(BinaryOp.ASR, top, by), spare);
  }

  /** A rotation of 32 bits in 64 puts the value twice side by side and shifts that. */
  private Node rotation() {
    Node amount = sized(right());
    if (n.width() == width) {
      return LegalOps.shift(BinaryOp.ROR, a, amount);
    }
    Node once = legaliser.once("rotated", a);
    Node twice =
        LegalOps.binary(BinaryOp.OR, once, LegalOps.shift(BinaryOp.LSL, once, Integer.SIZE));
    Node by = LegalOps.masked(amount, 5);
    return LegalOps.masked(LegalOps.shift(BinaryOp.LSR, twice, by), Integer.SIZE);
  }
}
