package dev.axon64.codegen.emit.isa.clike;

import dev.axon64.codegen.emit.isa.NodePrinter;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;

/**
 * Prints legal nodes as expressions over the word {@code w} and its address {@code pc}. An
 * expression stands in parentheses where it could be misread beside other operators.
 */
public final class CLikeExpression extends NodePrinter<String> {
  private final Dialect dialect;

  /** Prints in a dialect. */
  public CLikeExpression(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A local's name. */
  public static String name(Node.Local local) {
    return local.name() + "_" + local.id();
  }

  @Override
  protected String constant(Node.Const n) {
    return dialect.literal(n.width(), n.value());
  }

  @Override
  protected String word() {
    return "w";
  }

  @Override
  protected String local(Node.Local n) {
    return name(n);
  }

  @Override
  protected String general(Node.GetX n) {
    return general(n.index(), n.stack());
  }

  /** A general register, to be read or written. */
  String general(Node index, boolean stack) {
    return dialect.general(index(index), index instanceof Node.Const, stack);
  }

  @Override
  protected String vector(Node.GetV n) {
    return vector(n.index(), n.half());
  }

  /** Half of a vector register, to be read or written. */
  String vector(Node index, int half) {
    return dialect.vector(index(index), index instanceof Node.Const, half);
  }

  private String index(Node index) {
    return index instanceof Node.Const c ? dialect.index(c.value()) : of(index);
  }

  @Override
  protected String state(Node.GetState n) {
    return dialect.state(n);
  }

  @Override
  protected String pc() {
    return "pc";
  }

  @Override
  protected String not(Node.Unary n) {
    if (isUnequal(n)) {
      Node.Binary equal = (Node.Binary) n.operand();
      return infix(of(equal.left()), "!=", of(equal.right()));
    }
    return (n.width() == 1 ? "!" : "~") + of(n.operand());
  }

  @Override
  protected String unary(Node.Unary n) {
    return dialect.unary(n.op(), n.width(), of(n.operand()));
  }

  @Override
  protected String binary(Node.Binary n) {
    String a = of(n.left());
    String b = of(n.right());
    return switch (n.op()) {
      case ADD -> infix(a, "+", b);
      case SUB -> infix(a, "-", b);
      case MUL -> infix(a, "*", b);
      case AND -> infix(a, "&", b);
      case OR -> infix(a, "|", b);
      case XOR -> n.width() == 1 ? infix(a, "!=", b) : infix(a, "^", b);
      case LSL -> infix(a, "<<", b);
      case ROR -> dialect.rotated(n.width(), a, n.right().width(), b);
      case UDIV, SDIV, UMULH, SMULH, LSR, ASR, EQ, ULT, SLT ->
          dialect.binary(n.op(), n.width(), a, b);
    };
  }

  @Override
  protected String comparison(Node.Binary n, BinaryOp op) {
    String a = of(n.left());
    String b = of(n.right());
    return op == BinaryOp.EQ ? infix(a, "==", b) : dialect.binary(op, n.left().width(), a, b);
  }

  /** {@code (a op b)} */
  public static String infix(String a, String operator, String b) {
    return "(" + a + " " + operator + " " + b + ")";
  }

  @Override
  protected String widened(Node.Extend n) {
    return dialect.widened(n.signed(), of(n.operand()));
  }

  @Override
  protected String lowHalf(Node.Extract n) {
    return dialect.lowHalf(of(n.operand()));
  }

  @Override
  protected String select(Node.Select n) {
    return "(" + of(n.condition()) + " ? " + of(n.yes()) + " : " + of(n.no()) + ")";
  }
}
