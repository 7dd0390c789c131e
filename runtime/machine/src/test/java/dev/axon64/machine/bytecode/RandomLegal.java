package dev.axon64.machine.bytecode;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random legal nodes over three locals of each legal width, and one of each kind. */
final class RandomLegal {
  /** Widths of locals by their numbers. */
  static final int[] LOCALS = {1, 1, 1, 32, 32, 32, 64, 64, 64};

  private static final int[] WIDTHS = {1, 32, 64};
  private static final BinaryOp[] OF_TRUTHS = {BinaryOp.AND, BinaryOp.OR, BinaryOp.XOR};

  private final SplittableRandom random;

  RandomLegal(SplittableRandom random) {
    this.random = random;
  }

  int width() {
    return WIDTHS[random.nextInt(WIDTHS.length)];
  }

  Node of(int width, int depth) {
    if (depth == 0 || random.nextInt(6) == 0) {
      return leaf(width);
    }
    List<Supplier<Node>> kinds = kinds(width, depth - 1);
    return kinds.get(random.nextInt(kinds.size())).get();
  }

  private Node leaf(int width) {
    if (random.nextInt(3) == 0) {
      return Ops.constant(width, random.nextLong() >> random.nextInt(Long.SIZE));
    }
    int id;
    do {
      id = random.nextInt(LOCALS.length);
    } while (LOCALS[id] != width);
    return new Node.Local(width, id, "l");
  }

  /** Makers of one node of each legal kind that has a width. */
  List<Supplier<Node>> kinds(int width, int depth) {
    List<Supplier<Node>> kinds = new ArrayList<>();
    kinds.add(() -> new Node.Select(width, of(1, depth), of(width, depth), of(width, depth)));
    if (width == 1) {
      truths(kinds, depth);
    } else {
      numbers(kinds, width, depth);
    }
    return kinds;
  }

  private void truths(List<Supplier<Node>> kinds, int depth) {
    for (BinaryOp op : OF_TRUTHS) {
      kinds.add(() -> new Node.Binary(op, 1, of(1, depth), of(1, depth)));
    }
    for (BinaryOp op : List.of(BinaryOp.EQ, BinaryOp.ULT, BinaryOp.SLT)) {
      for (int width : new int[] {32, 64}) {
        Supplier<Node> comparison =
            () -> new Node.Binary(op, 1, of(width, depth), of(width, depth));
        kinds.add(comparison);
        kinds.add(() -> new Node.Unary(UnaryOp.NOT, 1, comparison.get()));
        kinds.add(() -> new Node.Binary(op, 1, of(width, depth), Ops.constant(width, 0)));
      }
    }
    kinds.add(() -> new Node.Unary(UnaryOp.NOT, 1, of(1, depth)));
  }

  private void numbers(List<Supplier<Node>> kinds, int width, int depth) {
    for (UnaryOp op : UnaryOp.values()) {
      kinds.add(() -> new Node.Unary(op, width, of(width, depth)));
    }
    for (BinaryOp op : BinaryOp.values()) {
      boolean isHigh = op == BinaryOp.UMULH || op == BinaryOp.SMULH;
      if (!op.comparison() && !(isHigh && width < Long.SIZE)) {
        kinds.add(() -> new Node.Binary(op, width, of(width, depth), right(op, width, depth)));
      }
    }
    if (width == Long.SIZE) {
      kinds.add(() -> new Node.Extend(width, false, of(32, depth)));
      kinds.add(() -> new Node.Extend(width, true, of(32, depth)));
    } else {
      kinds.add(() -> new Node.Extract(width, 0, of(64, depth)));
    }
  }

  /** Shift amounts are below the width; divisors are neither zero nor, of SDIV, minus one. */
  private Node right(BinaryOp op, int width, int depth) {
    return switch (op) {
      case LSL, LSR, ASR -> {
        int amount = random.nextBoolean() ? 32 : 64;
        yield masked(of(amount, depth), width - 1L);
      }
      case ROR -> of(random.nextBoolean() ? 32 : 64, depth);
      case UDIV -> with(of(width, depth), 1);
      case SDIV -> with(masked(of(width, depth), ~4L), 2);
      default -> of(width, depth);
    };
  }

  private static Node masked(Node node, long mask) {
    return new Node.Binary(BinaryOp.AND, node.width(), node, Ops.constant(node.width(), mask));
  }

  private static Node with(Node node, long bits) {
    return new Node.Binary(BinaryOp.OR, node.width(), node, Ops.constant(node.width(), bits));
  }
}
