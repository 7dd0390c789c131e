package dev.axon64.codegen.emit.isa.lanes;

import dev.axon64.codegen.emit.isa.NodePrinter;
import dev.axon64.codegen.emit.isa.clike.CLikeExpression;
import dev.axon64.codegen.emit.isa.java.JavaDialect;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;

/**
 * Prints legal nodes as Vector API expressions over a {@code LaneState s}, for the lanes from
 * {@code int i} up: numbers as {@code LongVector}s, truths as {@code VectorMask}s. A value that is
 * the same in all lanes stays scalar until a vector needs it.
 */
final class LaneVectors extends NodePrinter<String> {
  private final Uniform uniform;
  private final CLikeExpression scalar = new CLikeExpression(JavaDialect.LANE);

  LaneVectors(Uniform uniform) {
    this.uniform = uniform;
  }

  boolean isUniform(Node node) {
    return uniform.test(node);
  }

  /** Prints a value that is the same in all lanes as a number or truth. */
  String same(Node node) {
    return scalar.of(node);
  }

  /** Prints a value as a vector or mask. */
  String lanes(Node node) {
    if (!isUniform(node)) {
      return of(node);
    }
    return node.width() == 1
        ? "S.maskAll(" + same(node) + ")"
        : "$vector:T.broadcast(S, " + same(node) + ")";
  }

  /** A right operand, which may be a {@code long}. */
  private String operand(Node node) {
    return isUniform(node) ? same(node) : of(node);
  }

  private static String load(String array, String row) {
    return "$vector:T.fromArray(S, " + array + ", (" + row + ") * $lanes:T.LANES + i)";
  }

  @Override
  protected String constant(Node.Const n) {
    throw uniform(n);
  }

  @Override
  protected String word() {
    throw uniform(new Node.Word());
  }

  @Override
  protected String pc() {
    throw uniform(new Node.Pc());
  }

  @Override
  protected String widened(Node.Extend n) {
    throw uniform(n);
  }

  @Override
  protected String lowHalf(Node.Extract n) {
    throw uniform(n);
  }

  /**
   * Reports a vector of 32 bits: vectors have 64-bit lanes, so only values that are the same in all
   * lanes have 32.
   */
  private static IllegalArgumentException uniform(Node node) {
    return new IllegalArgumentException("not the same in all lanes, and yet " + node);
  }

  @Override
  protected String local(Node.Local n) {
    return CLikeExpression.name(n);
  }

  @Override
  protected String general(Node.GetX n) {
    return load("s.x", generalRow(n.index(), n.stack()));
  }

  @Override
  protected String vector(Node.GetV n) {
    return load("s.v", vectorRow(n.index(), n.half()));
  }

  /** The row of a general register. */
  String generalRow(Node index, boolean stack) {
    return JavaDialect.place(index(index), index instanceof Node.Const, stack);
  }

  /** The row of half of a vector register. */
  String vectorRow(Node index, int half) {
    return JavaDialect.half(index(index), index instanceof Node.Const, half);
  }

  private String index(Node index) {
    return index instanceof Node.Const c ? Long.toString(c.value()) : same(index);
  }

  @Override
  protected String state(Node.GetState n) {
    String field = "s." + JavaDialect.field(n.name());
    return n.width() == 1 ? "$mask:T.fromLong(S, " + field + " >>> i)" : load(field, "0");
  }

  @Override
  protected String not(Node.Unary n) {
    if (isUnequal(n)) {
      return compare((Node.Binary) n.operand(), "NE");
    }
    return lanes(n.operand()) + ".not()";
  }

  @Override
  protected String unary(Node.Unary n) {
    String operator =
        switch (n.op()) {
          case CLZ -> "LEADING_ZEROS_COUNT";
          case COUNT -> "BIT_COUNT";
          case REVERSE -> "REVERSE";
          case REVERSE_BYTES -> "REVERSE_BYTES";
          case NOT -> throw new IllegalArgumentException("not here: " + n);
        };
    return lanes(n.operand()) + ".lanewise($op:T." + operator + ")";
  }

  @Override
  protected String binary(Node.Binary n) {
    String left = lanes(n.left());
    if (n.width() == 1) {
      String right = lanes(n.right());
      return switch (n.op()) {
        case AND -> left + ".and(" + right + ")";
        case OR -> left + ".or(" + right + ")";
        case XOR -> left + ".eq(" + right + ").not()";
        default -> throw new IllegalArgumentException("no operator of truths: " + n);
      };
    }
    String right = operand(n.right());
    return switch (n.op()) {
      case ADD -> left + ".add(" + right + ")";
      case SUB -> left + ".sub(" + right + ")";
      case MUL -> left + ".mul(" + right + ")";
      case AND -> left + ".and(" + right + ")";
      case OR -> left + ".or(" + right + ")";
      case XOR -> lanewise(left, "XOR", right);
      case LSL -> lanewise(left, "LSHL", right);
      case LSR -> lanewise(left, "LSHR", right);
      case ASR -> lanewise(left, "ASHR", right);
      case ROR -> lanewise(left, "ROR", right);
      case UDIV, SDIV, UMULH, SMULH, EQ, ULT, SLT ->
          throw new IllegalArgumentException("no vector form: " + n);
    };
  }

  private static String lanewise(String left, String operator, String right) {
    return left + ".lanewise($op:T." + operator + ", " + right + ")";
  }

  @Override
  protected String comparison(Node.Binary n, BinaryOp op) {
    return compare(
        n,
        switch (op) {
          case EQ -> "EQ";
          case ULT -> "ULT";
          case SLT -> "LT";
          default -> throw new IllegalArgumentException("no comparison: " + n);
        });
  }

  private String compare(Node.Binary n, String operator) {
    return lanes(n.left()) + ".compare($op:T." + operator + ", " + operand(n.right()) + ")";
  }

  @Override
  protected String select(Node.Select n) {
    if (isUniform(n.condition())) {
      return "(" + same(n.condition()) + " ? " + lanes(n.yes()) + " : " + lanes(n.no()) + ")";
    }
    String condition = of(n.condition());
    if (n.width() == 1) {
      return lanes(n.yes())
          + ".and("
          + condition
          + ").or("
          + lanes(n.no())
          + ".andNot("
          + condition
          + "))";
    }
    String no = n.no() instanceof Node.Const c && c.value() == 0 ? "$lanes:T.ZERO" : lanes(n.no());
    return no + ".blend(" + operand(n.yes()) + ", " + condition + ")";
  }
}
