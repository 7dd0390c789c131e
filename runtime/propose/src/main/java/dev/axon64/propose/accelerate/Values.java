package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import dev.axon64.machine.state.Register;
import dev.axon64.propose.accelerate.Value.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of an iteration, each once; operands come before what uses them. Bits are taken out as
 * early as possible, so that the sign of a sum, say, is a bit of affine operands.
 */
final class Values {
  /** More make no loop that is worth it. */
  private static final int MOST = 3000;

  /** Locals from here on stand for loads, those below for slots. */
  static final int FIRST_LOAD = 1 << 20;

  private final List<Value> all = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final Map<Node, Integer> known = new IdentityHashMap<>();

  Value[] all() {
    return all.toArray(Value[]::new);
  }

  Value get(int id) {
    return all.get(id);
  }

  int size() {
    return all.size();
  }

  private int add(Kind kind, int width, long number, int a, int b) {
    return add(new Value(kind, width, null, null, number, a, b, -1));
  }

  private int add(Value value) {
    Integer before = numbers.get(value);
    if (before != null) {
      return before;
    }
    if (all.size() == MOST) {
      throw new Refusal("too much computation");
    }
    all.add(value);
    numbers.put(value, all.size() - 1);
    return all.size() - 1;
  }

  int constant(int width, long value) {
    return add(Kind.CONST, width, value & Ops.mask(width), -1, -1);
  }

  int entry(int slot) {
    return add(Kind.ENTRY, Register.at(slot).slotWidth(), slot, -1, -1);
  }

  int load(int index, int bytes) {
    return add(Kind.LOAD, 8 * bytes, index, -1, -1);
  }

  /** A tree whose leaves are constants and locals that stand for slots and loads. */
  int of(Node node) {
    Integer before = known.get(node);
    if (before == null) {
      before = make(node);
      known.put(node, before);
    }
    return before;
  }

  private int make(Node node) {
    return switch (node) {
      case Node.Const n -> constant(n.width(), n.value());
      case Node.Local n ->
          n.id() < FIRST_LOAD ? entry(n.id()) : load(n.id() - FIRST_LOAD, n.width() / 8);
      case Node.Unary n -> unary(n.op(), of(n.operand()));
      case Node.Binary n -> binary(n.op(), of(n.left()), of(n.right()));
      case Node.Extract n -> extract(n.width(), n.low(), of(n.operand()));
      case Node.Extend n -> extend(n.width(), n.signed(), of(n.operand()));
      case Node.Concat n -> concat(of(n.high()), of(n.low()));
      case Node.Select n -> select(of(n.condition()), of(n.yes()), of(n.no()));
      case Node.Field n -> throw new IllegalStateException("the word is known");
      case Node.Word n -> throw new IllegalStateException("the word is known");
      case Node.GetX n -> throw new IllegalStateException("register not substituted");
      case Node.GetV n -> throw new IllegalStateException("register not substituted");
      case Node.GetState n -> throw new IllegalStateException("register not substituted");
      case Node.Pc n -> throw new IllegalStateException("pc not substituted");
    };
  }

  private boolean isConst(int id) {
    return get(id).kind() == Kind.CONST;
  }

  private int folded(Value value) {
    for (int i = 0; i < value.operands(); i++) {
      if (!isConst(i == 0 ? value.a() : i == 1 ? value.b() : value.c())) {
        return add(value);
      }
    }
    long b = value.b() < 0 ? 0 : get(value.b()).number();
    long c = value.c() < 0 ? 0 : get(value.c()).number();
    return constant(value.width(), value.apply(get(value.a()).number(), b, c));
  }

  private int unary(UnaryOp op, int a) {
    return folded(new Value(Kind.UNARY, get(a).width(), op, null, 0, a, -1, -1));
  }

  int binary(BinaryOp op, int a, int b) {
    int operand = get(a).width();
    if (op.commutative() && isConst(a) && !isConst(b)) {
      return binary(op, b, a);
    }
    if (isConst(b) && get(b).number() == 0) {
      switch (op) {
        case ADD, SUB, OR, XOR:
          return a;
        case AND:
          return b;
        default:
          break;
      }
    }
    int width = op.comparison() ? 1 : operand;
    return folded(new Value(Kind.BINARY, width, null, op, operand, a, b, -1));
  }

  private int extend(int width, boolean signed, int a) {
    int from = get(a).width();
    return from == width
        ? a
        : folded(new Value(signed ? Kind.SIGN : Kind.ZERO, width, null, null, from, a, -1, -1));
  }

  private int concat(int a, int b) {
    Value high = get(a);
    Value low = get(b);
    if (high.kind() == Kind.CONST && high.number() == 0) {
      return extend(high.width() + low.width(), false, b);
    }
    return folded(
        new Value(Kind.CONCAT, high.width() + low.width(), null, null, low.width(), a, b, -1));
  }

  private int select(int a, int b, int c) {
    if (isConst(a)) {
      return get(a).number() != 0 ? b : c;
    }
    return b == c ? b : folded(new Value(Kind.SELECT, get(b).width(), null, null, 0, a, b, c));
  }

  int extract(int width, int low, int id) {
    Value v = get(id);
    if (low == 0 && width == v.width()) {
      return id;
    }
    switch (v.kind()) {
      case EXTRACT:
        return extract(width, low + (int) v.number(), v.a());
      case UNARY:
        if (v.unary() == UnaryOp.NOT) {
          return unary(UnaryOp.NOT, extract(width, low, v.a()));
        }
        break;
      case BINARY:
        if (bitwise(v.binary()) || low == 0 && upward(v.binary())) {
          return binary(v.binary(), extract(width, low, v.a()), extract(width, low, v.b()));
        }
        break;
      case SELECT:
        return select(v.a(), extract(width, low, v.b()), extract(width, low, v.c()));
      case CONCAT:
        return ofConcat(width, low, v);
      case ZERO, SIGN:
        int from = get(v.a()).width();
        if (low + width <= from) {
          return extract(width, low, v.a());
        }
        if (low < from) {
          return extend(width, v.kind() == Kind.SIGN, extract(from - low, low, v.a()));
        }
        if (v.kind() == Kind.ZERO) {
          return constant(width, 0);
        }
        break;
      default:
        break;
    }
    return folded(new Value(Kind.EXTRACT, width, null, null, low, id, -1, -1));
  }

  private int ofConcat(int width, int low, Value v) {
    int seam = (int) v.number();
    if (low >= seam) {
      return extract(width, low - seam, v.a());
    }
    if (low + width <= seam) {
      return extract(width, low, v.b());
    }
    int below = seam - low;
    return concat(extract(width - below, 0, v.a()), extract(below, low, v.b()));
  }

  private static boolean bitwise(BinaryOp op) {
    return op == BinaryOp.AND || op == BinaryOp.OR || op == BinaryOp.XOR;
  }

  /** Whether low bits of the result follow from low bits of the operands. */
  private static boolean upward(BinaryOp op) {
    return op == BinaryOp.ADD || op == BinaryOp.SUB || op == BinaryOp.MUL;
  }
}
