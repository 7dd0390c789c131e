package dev.axon64.codegen.emit.isa;

import static dev.axon64.codegen.emit.isa.MetalExpression.format;
import static dev.axon64.codegen.emit.isa.MetalExpression.literal;
import static dev.axon64.codegen.emit.isa.MetalExpression.value;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;

/** Nodes of 1 bit as {@code bool} expressions. */
final class MetalCondition {
  private MetalCondition() {}

  static String of(Node node) {
    if (node instanceof Node.Const c) {
      return c.value() != 0 ? "true" : "false";
    }
    if (node instanceof Node.Local local) {
      return MetalExpression.name(local);
    }
    if (node instanceof Node.Field f) {
      return format("((w & %s) != 0u)", literal(1L << f.low(), false));
    }
    if (node instanceof Node.GetState state) {
      return format("(s->%s != 0u)", MetalExpression.field(state.name()));
    }
    if (node instanceof Node.Unary u) {
      return unary(u);
    }
    if (node instanceof Node.Binary b) {
      return MetalExpression.isComparison(b) ? MetalExpression.comparison(b) : binary(b);
    }
    if (node instanceof Node.Extract e) {
      return bit(e);
    }
    if (node instanceof Node.Select s) {
      return format("(%s ? %s : %s)", of(s.condition()), of(s.yes()), of(s.no()));
    }
    throw new IllegalArgumentException("no 1-bit form of " + node);
  }

  private static String bit(Node.Extract e) {
    boolean wide = e.operand().width() > Integer.SIZE;
    return e.operand().width() == 1
        ? of(e.operand())
        : format(
            "((%s & %s) != %s)",
            value(e.operand()), literal(1L << e.low(), wide), literal(0, wide));
  }

  private static String unary(Node.Unary u) {
    if (u.op() == UnaryOp.NOT && u.operand() instanceof Node.Binary b && b.op() == BinaryOp.EQ) {
      return MetalExpression.isComparison(b)
          ? MetalExpression.comparison(b, "!=")
          : format("(%s != %s)", of(b.left()), of(b.right()));
    }
    return switch (u.op()) {
      // One bit has a leading zero if it is zero.
      case NOT, CLZ -> "!" + of(u.operand());
      case COUNT, REVERSE, REVERSE_BYTES -> of(u.operand());
    };
  }

  /** One-bit arithmetic; as a signed number, 1 is minus one. */
  private static String binary(Node.Binary b) {
    String left = value(b.left());
    String right = value(b.right());
    return switch (b.op()) {
      case ADD, SUB, XOR -> format("(%s != %s)", left, right);
      case EQ -> format("(%s == %s)", left, right);
      case AND, MUL, UDIV, SDIV -> format("(%s && %s)", left, right);
      case OR -> format("(%s || %s)", left, right);
      case UMULH, SMULH -> "false";
      case ULT -> format("(!%s && %s)", left, right);
      case SLT -> format("(%s && !%s)", left, right);
      case LSL, LSR ->
          b.right().width() == 1
              ? format("(%s && !%s)", left, right)
              : format("(%s && %s == 0u)", left, right);
      case ASR, ROR -> left;
    };
  }
}
