package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.Rewriter;
import dev.axon64.codegen.isa.legal.Legaliser;
import dev.axon64.codegen.isa.legal.Widths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Puts a block's instructions together. While it reads, it knows each register's value as a
 * constant, as a local, or as a local with zeros on top.
 */
final class BlockReader {
  private final long start;
  private final Peephole peephole = new Peephole(this::meaning);

  /** What locals stand for, in the spec's widths. */
  private final Map<Integer, Node> meanings = new HashMap<>();

  /** What locals stand for, legal. */
  private final Map<Integer, Node> definitions = new LinkedHashMap<>();

  private final List<Step> steps = new ArrayList<>();
  private Map<Integer, Node> slots = new HashMap<>();
  private int next;
  private int done;
  private int flagger;

  private BlockReader(long start) {
    this.start = start;
  }

  /**
   * Reads a block.
   *
   * @param instructions one behind the other; only the last may branch or be impossible
   */
  static Block read(List<Meaning.Instruction> instructions) {
    return new BlockReader(instructions.getFirst().pc()).block(instructions);
  }

  private Block block(List<Meaning.Instruction> instructions) {
    Meaning.Instruction last = instructions.getLast();
    End end = null;
    for (Meaning.Instruction instruction : instructions) {
      switch (instruction.way()) {
        case INLINE -> end = inline(instruction);
        case KERNEL -> kernel(instruction);
        case UNABLE -> end = new End.Unable(instruction.pc());
      }
      done += instruction.way() == Meaning.Way.UNABLE ? 0 : 1;
    }
    if (end == null) {
      end = new End.Go(last.pc() + Integer.BYTES);
    }
    return new Block(start, done, definitions, steps, legal(slots), flagger, end);
  }

  private Step.Exit exit(long pc) {
    return new Step.Exit(pc, done, legal(slots));
  }

  private Map<Integer, Node> legal(Map<Integer, Node> values) {
    Map<Integer, Node> legal = new LinkedHashMap<>();
    for (int slot : new TreeSet<>(values.keySet())) {
      Node value = values.get(slot);
      if (!value.equals(Block.entry(slot))) {
        legal.put(slot, legal(value));
      }
    }
    return legal;
  }

  // Values.

  private Node meaning(Node node) {
    return node instanceof Node.Local local ? meanings.getOrDefault(local.id(), local) : node;
  }

  private Node slot(int slot) {
    return slots.getOrDefault(slot, Block.entry(slot));
  }

  private Node.Local fresh(int width, String name) {
    return new Node.Local(width, next++, name);
  }

  private static boolean isPlain(Node node) {
    return node instanceof Node.Const
        || node instanceof Node.Local
        || node instanceof Node.Extend e && !e.signed() && isPlain(e.operand());
  }

  /** The same value as a plain one, computed by a local of its own if need be. */
  private Node plain(Node node, String name) {
    if (isPlain(node)) {
      return node;
    }
    if (node instanceof Node.Extend e && !e.signed()) {
      return Ops.extend(e.width(), false, plain(e.operand(), name));
    }
    Node.Local local = fresh(node.width(), name);
    meanings.put(local.id(), node);
    definitions.put(local.id(), legal(node));
    return local;
  }

  /** A legal form; what must be computed before becomes definitions. */
  private Node legal(Node node) {
    Legaliser.Value value = Legaliser.value(node, Widths.NARROW, next);
    for (Effect effect : value.definitions()) {
      Effect.Define define = (Effect.Define) effect;
      definitions.put(define.local().id(), define.value());
      next = Math.max(next, define.local().id() + 1);
    }
    return value.node();
  }

  // Instructions.

  /** Lets the kernel do it; what it writes is unknown afterwards. */
  private void kernel(Meaning.Instruction instruction) {
    Step.Exit before = exit(instruction.pc());
    Map<Integer, Node.Local> written = new LinkedHashMap<>();
    for (int slot : new TreeSet<>(Meaning.written(instruction.effects()))) {
      Node.Local local = fresh(Place.width(slot), "written");
      written.put(slot, local);
      slots.put(slot, local);
    }
    steps.add(new Step.Kernel(instruction.code(), before, written));
  }

  private End inline(Meaning.Instruction instruction) {
    return new Inline(instruction).read();
  }

  /** One instruction that becomes part of the block. */
  private final class Inline extends Rewriter {
    private final Meaning.Instruction instruction;

    /** Where it is left if memory cannot be accessed: registers are as before it. */
    private final Step.Exit before;

    private Map<Integer, Node> locals = new HashMap<>();
    private End end;

    Inline(Meaning.Instruction instruction) {
      this.instruction = instruction;
      this.before = exit(instruction.pc());
    }

    End read() {
      Map<Integer, Node> old = new HashMap<>(slots);
      int first = next;
      instruction.effects().forEach(this::step);
      for (int slot : new TreeSet<>(slots.keySet())) {
        if (slots.get(slot) != old.get(slot)) {
          computed(slots.get(slot));
          flagger = Place.FLAGS.contains(slot) ? first : flagger;
        }
      }
      return end;
    }

    /** Numbers are computed at once, truths when they are needed. */
    private void computed(Node value) {
      if (value instanceof Node.Extend e) {
        computed(e.operand());
      } else if (value instanceof Node.Local local
          && local.width() > 1
          && definitions.containsKey(local.id())) {
        steps.add(new Step.Compute((Node.Local) legal(local)));
      }
    }

    @Override
    protected Node node(Node node) {
      return switch (node) {
        case Node.Local n -> locals.get(n.id());
        case Node.GetX n -> {
          int slot = Place.general(Meaning.number(n.index()), n.stack());
          yield slot < 0 ? Ops.constant(Long.SIZE, 0) : slot(slot);
        }
        case Node.GetV n -> slot(Place.vector(Meaning.number(n.index()), n.half()));
        case Node.GetState n -> state(n);
        default -> peephole.simplified(super.node(node));
      };
    }

    private Node state(Node.GetState n) {
      int slot = Place.declared(n.name());
      if (slot >= 0) {
        return slot(slot);
      }
      Node.Local local = fresh(n.width(), "state");
      steps.add(new Step.Read((Node.Local) legal(local), n.name()));
      return local;
    }

    private Node value(Node node, String name) {
      return plain(node(node), name);
    }

    private void step(Effect effect) {
      switch (effect) {
        case Effect.Define e -> locals.put(e.local().id(), value(e.value(), e.local().name()));
        case Effect.Declare e -> {}
        case Effect.Assign e -> locals.put(e.local().id(), value(e.value(), e.local().name()));
        case Effect.SetX e -> {
          int slot = Place.general(Meaning.number(e.index()), e.stack());
          if (slot >= 0) {
            slots.put(slot, value(e.value(), "x"));
          }
        }
        case Effect.SetV e -> {
          // Both halves are read before either is written.
          Node low = value(e.low(), "v");
          Node high = value(e.high(), "v");
          slots.put(Place.vector(Meaning.number(e.index()), 0), low);
          slots.put(Place.vector(Meaning.number(e.index()), 1), high);
        }
        case Effect.SetState e -> setState(e);
        case Effect.Load e -> load(e);
        case Effect.Store e -> {
          Node address = legal(value(e.address(), "address"));
          Node value = legal(value(e.value(), "stored"));
          steps.add(new Step.Store(address, e.bytes(), value, before));
        }
        case Effect.If e -> choice(e);
        case Effect.Branch e -> end = jump(node(e.target()));
        case Effect.Call e -> call(e);
        case Effect.Host e -> throw new IllegalArgumentException("not inline: " + e);
        case Effect.Raise e -> throw new IllegalArgumentException("not inline: " + e);
        case Effect.Undefined e -> throw new IllegalArgumentException("not inline: " + e);
      }
    }

    private void setState(Effect.SetState e) {
      Node value = value(e.value(), e.name());
      int slot = Place.declared(e.name());
      if (slot >= 0) {
        slots.put(slot, value);
      } else {
        steps.add(new Step.Write(e.name(), legal(value)));
      }
    }

    private void load(Effect.Load e) {
      Node address = legal(value(e.address(), "address"));
      Node.Local result = fresh(e.local().width(), e.local().name());
      steps.add(new Step.Load((Node.Local) legal(result), address, e.bytes(), before));
      locals.put(e.local().id(), result);
    }

    private void call(Effect.Call e) {
      List<Node> arguments =
          e.arguments().stream().map(argument -> legal(value(argument, "argument"))).toList();
      Optional<Node.Local> result = e.result().map(local -> fresh(local.width(), local.name()));
      steps.add(
          new Step.Call(result.map(local -> (Node.Local) legal(local)), e.function(), arguments));
      result.ifPresent(local -> locals.put(e.result().get().id(), local));
    }

    private End jump(Node target) {
      return target instanceof Node.Const c
          ? new End.Go(c.value())
          : new End.Jump(legal(plain(target, "target")));
    }

    private void choice(Effect.If e) {
      Node condition = node(e.condition());
      if (condition instanceof Node.Const c) {
        (c.value() != 0 ? e.yes() : e.no()).forEach(this::step);
        return;
      }
      if (instruction.branches()) {
        end = new End.Choose(legal(plain(condition, "taken")), target(e.yes()), target(e.no()));
        return;
      }
      both(plain(condition, "condition"), e);
    }

    private long target(List<Effect> side) {
      return side.isEmpty()
          ? instruction.pc() + Integer.BYTES
          : Meaning.number(((Effect.Branch) side.get(0)).target());
    }

    /** Does both sides, then chooses between what they came to. */
    private void both(Node condition, Effect.If e) {
      Map<Integer, Node> slotsBefore = slots;
      Map<Integer, Node> localsBefore = locals;
      slots = new HashMap<>(slotsBefore);
      locals = new HashMap<>(localsBefore);
      e.yes().forEach(this::step);
      Map<Integer, Node> slotsYes = slots;
      Map<Integer, Node> localsYes = locals;
      slots = new HashMap<>(slotsBefore);
      locals = new HashMap<>(localsBefore);
      e.no().forEach(this::step);
      for (int slot : union(slotsYes, slots)) {
        Node yes = slotsYes.getOrDefault(slot, Block.entry(slot));
        slots.put(slot, plain(Ops.select(condition, yes, slot(slot)), "chosen"));
      }
      for (int local : union(localsYes, locals)) {
        Node yes = localsYes.get(local);
        Node no = locals.get(local);
        if (yes == null || no == null) {
          locals.put(local, yes == null ? no : yes); // filled on one side, and read there alone
        } else {
          locals.put(local, plain(Ops.select(condition, yes, no), "chosen"));
        }
      }
    }

    private static TreeSet<Integer> union(Map<Integer, Node> a, Map<Integer, Node> b) {
      TreeSet<Integer> keys = new TreeSet<>(a.keySet());
      keys.addAll(b.keySet());
      return keys;
    }
  }
}
