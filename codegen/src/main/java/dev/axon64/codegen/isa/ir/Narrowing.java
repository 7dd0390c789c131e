package dev.axon64.codegen.isa.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets values whose upper bits are known to be zero be computed in 32 bits, or 1, instead of 64:
 * for executors where a narrow type is cheaper. Only what crosses these borders changes.
 */
public final class Narrowing {
  private static final int NARROW = Integer.SIZE;

  /** What stands for a local that has become narrower: that local, extended. */
  private final Map<Integer, Node> locals = new HashMap<>();

  private Narrowing() {}

  /**
   * A body whose result, if any, is in terms of its locals.
   *
   * @param effects as they were, or narrower
   */
  public record Body(List<Effect> effects, Optional<Node> result) {}

  /** The same effects. */
  public static List<Effect> of(List<Effect> effects) {
    return new Narrowing().block(effects);
  }

  /** The same function body. */
  public static Body of(SharedFunction function) {
    Narrowing pass = new Narrowing();
    List<Effect> effects = pass.block(function.body());
    return new Body(effects, function.result().map(pass::node));
  }

  /** The same value. */
  public static Node of(Node node) {
    return new Narrowing().node(node);
  }

  private List<Effect> block(List<Effect> effects) {
    List<Effect> out = new ArrayList<>();
    effects.forEach(effect -> out.add(effect(effect)));
    return List.copyOf(out);
  }

  private Effect effect(Effect effect) {
    if (effect instanceof Effect.Define e) {
      return define(e);
    }
    if (effect instanceof Effect.Assign e) {
      return new Effect.Assign(e.local(), node(e.value()));
    }
    if (effect instanceof Effect.SetX e) {
      return new Effect.SetX(node(e.index()), e.stack(), node(e.value()));
    }
    if (effect instanceof Effect.SetV e) {
      return new Effect.SetV(node(e.index()), node(e.low()), node(e.high()));
    }
    if (effect instanceof Effect.SetState e) {
      return new Effect.SetState(e.name(), node(e.value()));
    }
    if (effect instanceof Effect.Branch e) {
      return new Effect.Branch(node(e.target()));
    }
    if (effect instanceof Effect.Load e) {
      return new Effect.Load(e.local(), node(e.address()), e.bytes());
    }
    if (effect instanceof Effect.Store e) {
      return new Effect.Store(node(e.address()), e.bytes(), node(e.value()));
    }
    if (effect instanceof Effect.If e) {
      return new Effect.If(node(e.condition()), block(e.yes()), block(e.no()));
    }
    if (effect instanceof Effect.Raise e) {
      return new Effect.Raise(e.trap(), nodes(e.arguments()));
    }
    if (effect instanceof Effect.Host e) {
      return new Effect.Host(e.result(), e.name(), nodes(e.arguments()));
    }
    if (effect instanceof Effect.Call e) {
      return new Effect.Call(e.result(), e.function(), nodes(e.arguments()));
    }
    return effect;
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

  private List<Node> nodes(List<Node> nodes) {
    return nodes.stream().map(this::node).toList();
  }

  private Node node(Node node) {
    if (node instanceof Node.Local local) {
      return locals.getOrDefault(local.id(), local);
    }
    if (node instanceof Node.GetX x) {
      return new Node.GetX(node(x.index()), x.stack());
    }
    if (node instanceof Node.GetV v) {
      return new Node.GetV(node(v.index()), v.half());
    }
    if (node instanceof Node.Unary u) {
      return unary(u.op(), node(u.operand()));
    }
    if (node instanceof Node.Binary b) {
      return binary(b.op(), node(b.left()), node(b.right()));
    }
    if (node instanceof Node.Extract e) {
      return Ops.extract(e.width(), e.low(), node(e.operand()));
    }
    if (node instanceof Node.Extend e) {
      return Ops.extend(e.width(), e.signed(), node(e.operand()));
    }
    if (node instanceof Node.Concat c) {
      return concat(node(c.high()), node(c.low()));
    }
    if (node instanceof Node.Select s) {
      return select(node(s.condition()), node(s.yes()), node(s.no()));
    }
    return node;
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
      default -> Ops.binary(op, a, b);
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
