package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.Rewriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads one instruction that becomes part of a block. */
final class InlineReader extends Rewriter {
  private final BlockReader block;
  private final Meaning.Instruction instruction;

  /** Where it is left if memory cannot be accessed: registers are as before it. */
  private final Step.Exit before;

  private final Accesses accesses;

  private Map<Integer, Node> locals = new HashMap<>();
  private End end;
  private boolean setsFlags;

  /** Whether the effects at hand are to be done at all: both sides of a choice are read. */
  private Node path = Ops.constant(1, 1);

  InlineReader(BlockReader block, Meaning.Instruction instruction) {
    this.block = block;
    this.instruction = instruction;
    this.before = block.exit(instruction.pc());
    this.accesses = new Accesses(block, before);
  }

  End read() {
    Map<Integer, Node> old = new HashMap<>(block.slots());
    instruction.effects().forEach(this::step);
    for (int slot : new TreeSet<>(block.slots().keySet())) {
      if (block.slots().get(slot) != old.get(slot)) {
        computed(block.slots().get(slot));
        setsFlags |= Place.FLAGS.contains(slot);
      }
    }
    return end;
  }

  private boolean isCertain() {
    return path instanceof Node.Const;
  }

  /** Whether it has set condition flags. */
  boolean setsFlags() {
    return setsFlags;
  }

  /** Numbers are computed at once, truths when they are needed. */
  private void computed(Node value) {
    if (value instanceof Node.Extend e) {
      computed(e.operand());
    } else if (value instanceof Node.Local local && local.width() > 1 && block.isComputed(local)) {
      block.add(new Step.Compute((Node.Local) block.legal(local)));
    }
  }

  @Override
  protected Node node(Node node) {
    return switch (node) {
      case Node.Local n -> locals.get(n.id());
      case Node.GetX n -> {
        int slot = Place.general(Meaning.number(n.index()), n.stack());
        yield slot < 0 ? Ops.constant(Long.SIZE, 0) : block.slot(slot);
      }
      case Node.GetV n -> block.slot(Place.vector(Meaning.number(n.index()), n.half()));
      case Node.GetState n -> state(n);
      default -> block.simplified(super.node(node));
    };
  }

  private Node state(Node.GetState n) {
    int slot = Place.declared(n.name());
    if (slot >= 0) {
      return block.slot(slot);
    }
    Node.Local local = block.fresh(n.width(), "state");
    block.add(new Step.Read((Node.Local) block.legal(local), n.name()));
    return local;
  }

  private Node value(Node node, String name) {
    return block.plain(node(node), name);
  }

  private void step(Effect effect) {
    switch (effect) {
      case Effect.Define e -> locals.put(e.local().id(), value(e.value(), e.local().name()));
      case Effect.Declare e -> {}
      case Effect.Assign e -> locals.put(e.local().id(), value(e.value(), e.local().name()));
      case Effect.SetX e -> {
        int slot = Place.general(Meaning.number(e.index()), e.stack());
        if (slot >= 0) {
          block.slots().put(slot, value(e.value(), "x"));
        }
      }
      case Effect.SetV e -> {
        // Both halves are read before either is written.
        Node low = value(e.low(), "v");
        Node high = value(e.high(), "v");
        block.slots().put(Place.vector(Meaning.number(e.index()), 0), low);
        block.slots().put(Place.vector(Meaning.number(e.index()), 1), high);
      }
      case Effect.SetState e -> setState(e);
      case Effect.Load e -> load(e);
      case Effect.Store e -> {
        Node address = value(e.address(), "address");
        accesses.store(address, e.bytes(), block.legal(value(e.value(), "stored")));
      }
      case Effect.If e -> choice(e);
      case Effect.Branch e -> end = jump(node(e.target()));
      case Effect.Call e -> call(e);
      case Effect.Host e -> host(e);
      case Effect.Raise e -> throw new IllegalArgumentException("not inline: " + e);
      case Effect.Undefined e -> throw new IllegalArgumentException("not inline: " + e);
    }
  }

  private void setState(Effect.SetState e) {
    Node value = value(e.value(), e.name());
    int slot = Place.declared(e.name());
    if (slot >= 0) {
      block.slots().put(slot, value);
    } else {
      Node written =
          isCertain()
              ? value
              : Ops.select(path, value, state(new Node.GetState(value.width(), e.name())));
      block.add(new Step.Write(e.name(), block.legal(block.plain(written, e.name()))));
    }
  }

  private void load(Effect.Load e) {
    Node address = value(e.address(), "address");
    Node.Local result = block.fresh(e.local().width(), e.local().name());
    accesses.load((Node.Local) block.legal(result), address, e.bytes());
    locals.put(e.local().id(), result);
  }

  private void call(Effect.Call e) {
    List<Node> arguments =
        e.arguments().stream().map(argument -> block.legal(value(argument, "argument"))).toList();
    Optional<Node.Local> result = e.result().map(local -> block.fresh(local.width(), local.name()));
    block.add(
        new Step.Call(
            result.map(local -> (Node.Local) block.legal(local)),
            e.function(),
            arguments,
            isCertain() ? Optional.empty() : Optional.of(block.legal(block.plain(path, "path")))));
    result.ifPresent(local -> locals.put(e.result().get().id(), local));
  }

  private void host(Effect.Host e) {
    List<Node> arguments =
        e.arguments().stream().map(argument -> block.legal(value(argument, "argument"))).toList();
    Optional<Node.Local> result = e.result().map(local -> block.fresh(local.width(), local.name()));
    block.add(
        new Step.Host(
            result.map(local -> (Node.Local) block.legal(local)),
            e.name(),
            arguments,
            before.pc(),
            before.done()));
    result.ifPresent(local -> locals.put(e.result().get().id(), local));
  }

  private End jump(Node target) {
    if (instruction.calls()) {
      return new End.Call(block.legal(block.plain(target, "target")), instruction.back());
    }
    return target instanceof Node.Const c
        ? new End.Go(c.value())
        : new End.Jump(block.legal(block.plain(target, "target")));
  }

  private void choice(Effect.If e) {
    Node condition = node(e.condition());
    Optional<Boolean> usual = Meaning.usual(e);
    if (condition instanceof Node.Const c && !usual.equals(Optional.of(c.value() == 0))) {
      (c.value() != 0 ? e.yes() : e.no()).forEach(this::step);
      return;
    }
    if (usual.isPresent()) { // and perhaps known not to be the case here
      Node other = usual.get() ? Ops.not(condition) : condition;
      block.add(new Step.Leave(block.legal(block.plain(other, "unusual")), before));
      (usual.get() ? e.yes() : e.no()).forEach(this::step);
      return;
    }
    if (instruction.branches()) {
      end =
          new End.Choose(
              block.legal(block.plain(condition, "taken")), target(e.yes()), target(e.no()));
      return;
    }
    both(block.plain(condition, "condition"), e);
  }

  private long target(List<Effect> side) {
    return side.isEmpty()
        ? instruction.pc() + Integer.BYTES
        : Meaning.number(((Effect.Branch) side.get(0)).target());
  }

  /** Does both sides, then chooses between what they came to. */
  private void both(Node condition, Effect.If e) {
    Map<Integer, Node> slots = block.slots();
    Map<Integer, Node> before = locals;
    Node outside = path;
    path = Ops.binary(BinaryOp.AND, outside, condition);
    side(slots, before, e.yes());
    Map<Integer, Node> slotsYes = block.slots();
    Map<Integer, Node> localsYes = locals;
    path = Ops.binary(BinaryOp.AND, outside, Ops.not(condition));
    side(slots, before, e.no());
    path = outside;
    for (int slot : union(slotsYes, block.slots())) {
      Node yes = slotsYes.getOrDefault(slot, Block.entry(slot));
      Node chosen = Ops.select(condition, yes, block.slot(slot));
      block.slots().put(slot, block.plain(chosen, "chosen"));
    }
    for (int local : union(localsYes, locals)) {
      Node yes = localsYes.get(local);
      Node no = locals.get(local);
      if (yes == null || no == null) {
        locals.put(local, yes == null ? no : yes); // filled on one side, and read there alone
      } else {
        locals.put(local, block.plain(Ops.select(condition, yes, no), "chosen"));
      }
    }
  }

  private void side(Map<Integer, Node> slots, Map<Integer, Node> before, List<Effect> effects) {
    block.slots(new HashMap<>(slots));
    locals = new HashMap<>(before);
    effects.forEach(this::step);
  }

  private static TreeSet<Integer> union(Map<Integer, Node> a, Map<Integer, Node> b) {
    TreeSet<Integer> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    return keys;
  }
}
