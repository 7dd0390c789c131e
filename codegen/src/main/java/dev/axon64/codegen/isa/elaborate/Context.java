package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.ArrayList;
import java.util.List;

/** The body of an instruction or a shared function while it is elaborated. */
final class Context {
  private static final int DEEPEST = 64;

  /** The most nodes of a value that stays a tree. */
  private static final int LARGEST = 200;

  /** The most statements of one body with its loops unrolled and its functions inlined. */
  private static final int MOST_STEPS = 100_000;

  final Globals globals;
  private final int[] locals = new int[1];
  List<Effect> out = new ArrayList<>();
  Scope scope = new Scope(null);
  Value returned;

  /** What {@link #returned} must be; null where nothing may be returned. */
  ResultType result;

  boolean ended;
  int conditional;
  int depth;

  /** Whether a branch was taken on some path to here. */
  boolean branched;

  /** Whether a register was written on some path to here. */
  boolean written;

  /** Whether this is a shared function's body, which knows no word and no address. */
  boolean shared;

  private int steps;

  /** What {@code PC} stands for: the run-time value, or in {@code asm} a number. */
  Node pc = new Node.Pc();

  Context(Globals globals) {
    this.globals = globals;
  }

  void emit(Effect effect) {
    written |= FaultOrder.writes(effect);
    out.add(effect);
  }

  /** Refuses what may end the instruction if a register was written before it. */
  void mayFault(Position at) {
    if (written) {
      throw at.error(
          "this may end the instruction after a register was written; move the write after this");
    }
  }

  Node.Local local(int width, String name) {
    return new Node.Local(width, locals[0]++, name);
  }

  /** Fixes a value at this point, so that later register writes cannot change it. */
  Value keep(String name, Value value) {
    if (!(value instanceof Bits bits)) {
      return value;
    }
    return new Bits(keep(name, bits.low()), bits.high() == null ? null : keep(name, bits.high()));
  }

  Node keep(String name, Node node) {
    if (node instanceof Node.Const
        || node instanceof Node.Field
        || node instanceof Node.Local
        || node instanceof Node.Pc) {
      return node;
    }
    // Parts are kept one by one, so that taking the value apart later costs nothing.
    if (node instanceof Node.Concat c) {
      Node high = keep(name, c.high());
      return Ops.concat(high, keep(name, c.low()));
    }
    if (node instanceof Node.Extend e) {
      return Ops.extend(e.width(), e.signed(), keep(name, e.operand()));
    }
    if (node instanceof Node.Extract e && e.operand() instanceof Node.Local) {
      return node;
    }
    Node.Local local = local(node.width(), name);
    emit(new Effect.Define(local, node));
    return local;
  }

  /**
   * Fixes a value that takes many nodes. Operations on wide values use their operands several
   * times, so that trees would otherwise grow with a power of their depth.
   */
  Value bounded(Value value) {
    boolean isLarge =
        value instanceof Bits bits
            && (size(bits.low(), 0) > LARGEST
                || bits.high() != null && size(bits.high(), 0) > LARGEST);
    return isLarge ? keep("part", value) : value;
  }

  /** Counts the nodes of a tree on top of those before; it stops somewhere above the limit. */
  private static int size(Node node, int before) {
    int size = before + 1;
    for (Node operand : Nodes.operands(node)) {
      if (size > LARGEST) {
        return size;
      }
      size = size(operand, size);
    }
    return size;
  }

  /** Runs something that emits effects, and returns them as a block of their own. */
  List<Effect> block(Runnable body) {
    List<Effect> before = out;
    boolean endedBefore = ended;
    out = new ArrayList<>();
    ended = false;
    body.run();
    List<Effect> block = out;
    out = before;
    ended = endedBefore;
    return block;
  }

  /** Counts a statement or a round of a loop, and refuses a body with too many. */
  void step(Position at) {
    if (++steps > MOST_STEPS) {
      throw at.error(
          "the body unrolls to more than " + MOST_STEPS + " statements; shorten its loops");
    }
  }

  /** Begins a call, at whose end {@link #depth} must be lowered again. */
  void enter(String function, Position at) {
    if (++depth > DEEPEST) {
      throw at.error(
          function + " is called " + DEEPEST + " calls deep; end its recursion or use a loop");
    }
  }
}
