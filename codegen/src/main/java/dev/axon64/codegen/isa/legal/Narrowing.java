package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.Rewriter;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets values whose upper bits are known to be zero be computed in 32 bits, or 1, instead of 64:
 * for targets where a narrow type is cheaper. Only what crosses these borders changes.
 */
final class Narrowing extends Rewriter {
  private static final int NARROW = Integer.SIZE;

  /** What stands for a local that has become narrower: that local, extended. */
  private final Map<Integer, Node> locals = new HashMap<>();

  private Narrowing() {}

  /** The same effects, or narrower ones. */
  static List<Effect> of(List<Effect> effects) {
    return new Narrowing().block(effects);
  }

  /** The same function; its result may be in terms of narrower locals. */
  static SharedFunction of(SharedFunction function) {
    Narrowing pass = new Narrowing();
    List<Effect> body = pass.block(function.body());
    return new SharedFunction(
        function.name(),
        function.parameters(),
        function.shortcut(),
        body,
        function.result().map(pass::node));
  }

  /** The same value. */
  static Node of(Node node) {
    return new Narrowing().node(node);
  }

  @Override
  protected Effect effect(Effect effect) {
    return effect instanceof Effect.Define e ? define(e) : super.effect(effect);
  }

  /** A definition comes before all uses, so that a narrower local can take its place. */
  private Effect define(Effect.Define e) {
    Node value = node(e.value());
    Node.Local local = e.local();
    if (local.width() > NARROW
        && value instanceof Node.Extend extend
        && !extend.signed()
        && extend.operand().width() <= NARROW) {
      Node.Local narrow = new Node.Local(extend.operand().width(), local.id(), local.name());
      locals.put(local.id(), Ops.extend(local.width(), false, narrow));
      return new Effect.Define(narrow, extend.operand());
    }
    return new Effect.Define(local, value);
  }

  @Override
  protected Node node(Node node) {
    return switch (node) {
      case Node.Local n -> locals.getOrDefault(n.id(), n);
      case Node.Unary n -> unary(n.op(), node(n.operand()));
      case Node.Binary n -> binary(n.op(), node(n.left()), node(n.right()));
      case Node.Concat n -> concat(node(n.high()), node(n.low()));
      case Node.Select n -> select(node(n.condition()), node(n.yes()), node(n.no()));
      default -> super.node(node);
    };
  }

  /** How many of a value's lower bits may be other than zero; at least 1. */
  private static int bits(Node node) {
    if (node instanceof Node.Const c) {
      return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(c.value()));
    }
    if (node instanceof Node.Extend e && !e.signed()) {
      return bits(e.operand());
    }
    return node.width();
  }

  /** The width to compute in, for a result of so many bits. */
  private static int target(int width, int bits) {
    return bits == 1 ? 1 : width > NARROW && bits <= NARROW ? NARROW : width;
  }

  private static Node cut(Node node, int width) {
    return Ops.extract(width, 0, node);
  }

  private static Node unary(UnaryOp op, Node a) {
    int width = target(a.width(), bits(a));
    return op == UnaryOp.COUNT && width < a.width()
        ? Ops.extend(a.width(), false, Ops.unary(op, cut(a, width)))
        : Ops.unary(op, a);
  }

  private static Node select(Node condition, Node yes, Node no) {
    int width = target(yes.width(), Math.max(bits(yes), bits(no)));
    return Ops.extend(yes.width(), false, Ops.select(condition, cut(yes, width), cut(no, width)));
  }

  private static Node concat(Node high, Node low) {
    int bits = bits(high);
    int width = high.width() + low.width();
    return bits < high.width() && target(width, bits + low.width()) < width
        ? Ops.extend(width, false, Ops.concat(cut(high, bits), low))
        : Ops.concat(high, low);
  }

  private static Node binary(BinaryOp op, Node a, Node b) {
    int larger = Math.max(bits(a), bits(b));
    return switch (op) {
      case AND -> alike(op, a, b, Math.min(bits(a), bits(b)));
      case OR, XOR, UDIV -> alike(op, a, b, larger);
      case ADD -> alike(op, a, b, larger + 1);
      case MUL -> alike(op, a, b, bits(a) + bits(b));
      case EQ, ULT -> comparison(op, a, b, larger);
      case SLT ->
          larger < a.width() ? comparison(BinaryOp.ULT, a, b, larger) : Ops.binary(op, a, b);
      case LSR -> {
        int width = target(a.width(), bits(a));
        yield Ops.extend(a.width(), false, Ops.binary(op, cut(a, width), b));
      }
      case SUB, SDIV, UMULH, SMULH, LSL, ASR, ROR -> Ops.binary(op, a, b);
    };
  }

  /** Operands and result need so many bits only. */
  private static Node alike(BinaryOp op, Node a, Node b, int bits) {
    int width = target(a.width(), bits);
    return Ops.extend(a.width(), false, Ops.binary(op, cut(a, width), cut(b, width)));
  }

  private static Node comparison(BinaryOp op, Node a, Node b, int bits) {
    int width = target(a.width(), bits);
    return Ops.binary(op, cut(a, width), cut(b, width));
  }
}
