package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of an iteration, each once, folded as the IR folds them; a value comes behind those
 * that it is computed from. Bits are taken out as early as possible: the sign of a sum, say, is a
 * bit of its affine operands.
 */
final class Values {
  /** A loop with more values is not worth compiling. */
  private static final int MOST = 3000;

  /** In trees, locals from this number on stand for loads, those below for register slots. */
  static final int FIRST_LOAD = 1 << 20;

  private final List<Value> all = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final Map<Node, Integer> known = new IdentityHashMap<>();
  private final Map<Slice, Integer> slices = new HashMap<>();

  private record Slice(int width, int low, int number) {}

  Value[] all() {
    return all.toArray(Value[]::new);
  }

  /**
   * Numbers a tree.
   *
   * @param node its leaves are constants, and locals that stand for slots and loads
   * @throws Refusal if there are too many values
   */
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
      case Node.Const n -> number(new Value.Constant(n.width(), n.value()));
      case Node.Local n ->
          number(
              n.id() < FIRST_LOAD
                  ? new Value.Entry(n.width(), n.id())
                  : new Value.Load(n.width(), n.id() - FIRST_LOAD));
      case Node.Operation n -> flat(Ops.mapped(n, operand -> leaf(of(operand))));
      case Node.Read n -> throw new IllegalStateException("nothing was put in for " + n);
    };
  }

  private int number(Value value) {
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

  /** What stands for a value in the operations that use it. */
  private Node leaf(int number) {
    Value value = all.get(number);
    return value instanceof Value.Constant c
        ? Ops.constant(c.width(), c.number())
        : new Node.Local(value.width(), number, "value");
  }

  /** Numbers a node over leaves, with a value for each operation in it. */
  private int flat(Node node) {
    return switch (node) {
      case Node.Const n -> make(n);
      case Node.Local n -> n.id();
      case Node.Extract n -> slice(n.width(), n.low(), flat(n.operand()));
      case Node.Operation n ->
          n.operands().stream().allMatch(Values::isLeaf)
              ? computed(n)
              : flat(Ops.mapped(n, operand -> leaf(flat(operand))));
      case Node.Read n -> throw new IllegalStateException("nothing was put in for " + n);
    };
  }

  private static boolean isLeaf(Node node) {
    return node instanceof Node.Const || node instanceof Node.Local;
  }

  private int computed(Node.Operation operation) {
    return number(
        new Value.Computed(operation, operation.operands().stream().map(this::flat).toList()));
  }

  /** Bits of a value, taken out of what it is computed from where they can be. */
  private int slice(int width, int low, int number) {
    if (low == 0 && width == all.get(number).width()) {
      return number;
    }
    Slice slice = new Slice(width, low, number);
    Integer before = slices.get(slice);
    if (before == null) {
      before = make(slice);
      slices.put(slice, before);
    }
    return before;
  }

  private int make(Slice slice) {
    Node whole = leaf(slice.number);
    return switch (all.get(slice.number)) {
      case Value.Constant v -> flat(Ops.extract(slice.width, slice.low, whole));
      case Value.Entry v -> computed(new Node.Extract(slice.width, slice.low, whole));
      case Value.Load v -> computed(new Node.Extract(slice.width, slice.low, whole));
      case Value.Computed v ->
          isSliceable(v.operation(), slice.low)
              ? flat(sliced(slice.width, slice.low, v.operation()))
              : computed(new Node.Extract(slice.width, slice.low, whole));
    };
  }

  private Node bits(int width, int low, Node leaf) {
    return leaf(slice(width, low, flat(leaf)));
  }

  /** Whether bits of the result follow from bits of the operands. */
  private static boolean isSliceable(Node.Operation operation, int low) {
    return switch (operation) {
      case Node.Unary n -> n.op() == UnaryOp.NOT;
      case Node.Binary n -> isBitwise(n.op()) || low == 0 && isUpward(n.op());
      case Node.Extract n -> true;
      case Node.Extend n -> true;
      case Node.Concat n -> true;
      case Node.Select n -> true;
    };
  }

  private static boolean isBitwise(BinaryOp op) {
    return op == BinaryOp.AND || op == BinaryOp.OR || op == BinaryOp.XOR;
  }

  /** Whether low bits of the result follow from low bits of the operands. */
  private static boolean isUpward(BinaryOp op) {
    return op == BinaryOp.ADD || op == BinaryOp.SUB || op == BinaryOp.MUL;
  }

  /** Bits of what a {@linkplain #isSliceable sliceable} operation gives. */
  private Node sliced(int width, int low, Node.Operation operation) {
    return switch (operation) {
      case Node.Unary n -> Ops.unary(n.op(), bits(width, low, n.operand()));
      case Node.Binary n ->
          Ops.binary(n.op(), bits(width, low, n.left()), bits(width, low, n.right()));
      case Node.Extract n -> bits(width, n.low() + low, n.operand());
      case Node.Extend n -> ofExtension(width, low, n);
      case Node.Concat n -> ofPair(width, low, n);
      case Node.Select n ->
          Ops.select(n.condition(), bits(width, low, n.yes()), bits(width, low, n.no()));
    };
  }

  private Node ofExtension(int width, int low, Node.Extend n) {
    int seam = n.operand().width();
    if (low + width <= seam) {
      return bits(width, low, n.operand());
    }
    if (low < seam) {
      return Ops.extend(width, n.signed(), bits(seam - low, low, n.operand()));
    }
    return n.signed()
        ? Ops.extend(width, true, bits(1, seam - 1, n.operand()))
        : Ops.constant(width, 0);
  }

  private Node ofPair(int width, int low, Node.Concat n) {
    int seam = n.low().width();
    if (low >= seam) {
      return bits(width, low - seam, n.high());
    }
    if (low + width <= seam) {
      return bits(width, low, n.low());
    }
    int below = seam - low;
    return Ops.concat(bits(width - below, 0, n.high()), bits(below, low, n.low()));
  }
}
