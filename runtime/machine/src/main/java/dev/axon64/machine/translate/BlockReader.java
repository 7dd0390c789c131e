package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.legal.Legaliser;
import dev.axon64.codegen.isa.legal.Widths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Puts a block's instructions together. While it reads, it knows each register's value as a
 * constant, as a local, or as a local with zeros on top.
 */
final class BlockReader {
  private final PlannedBlock planned;
  private final Peephole peephole = new Peephole(this::meaning);

  /** What locals stand for, in the spec's widths. */
  private final Map<Integer, Node> meanings = new HashMap<>();

  /** What locals stand for, legal. */
  private final Map<Integer, Node> definitions = new LinkedHashMap<>();

  private final List<Step> steps = new ArrayList<>();
  private Map<Integer, Node> slots = new HashMap<>();

  /** The values that slots were last assigned by a step. */
  private final Map<Integer, Node> assigned = new HashMap<>();

  /** The values of slots before the instruction at hand, until they are assigned. */
  private Map<Integer, Node> before = Map.of();

  private int next;
  private int done;
  private int flagger;

  private BlockReader(PlannedBlock planned) {
    this.planned = planned;
  }

  /** Reads a block. */
  static Block read(PlannedBlock planned) {
    return new BlockReader(planned).block();
  }

  private Block block() {
    End end = null;
    for (Meaning.Instruction instruction : planned.instructions()) {
      switch (instruction.way()) {
        case INLINE -> end = inline(instruction);
        case UNABLE -> end = new End.Unable(instruction.pc());
      }
      done += instruction.way() == Meaning.Way.UNABLE ? 0 : 1;
    }
    if (end == null) {
      end = new End.Go(planned.instructions().getLast().back());
    }
    return new Block(
        planned.number(),
        planned.instructions().getFirst().pc(),
        done,
        definitions,
        steps,
        changed(slots, slot -> true),
        flagger,
        known(end),
        planned.leads());
  }

  /** A call of a function that the region holds leads there, as does a return from it. */
  private End known(End end) {
    return switch (end) {
      case End.Call e ->
          e.target() instanceof Node.Const target && planned.leads().containsKey(target.value())
              ? new End.Go(target.value())
              : e;
      case End.Jump e -> planned.returns() ? new End.Return(e.target()) : e;
      default -> end;
    };
  }

  /** Leaving before an instruction, with what is known now. */
  Step.Exit exit(long pc) {
    before = new HashMap<>(slots);
    return new Step.Exit(pc, done, changed(slots, Place.FLAGS::contains));
  }

  /** Slots that have other values than those which they were last assigned. */
  private Map<Integer, Node> changed(Map<Integer, Node> values, IntPredicate which) {
    Map<Integer, Node> legal = new LinkedHashMap<>();
    for (int slot : new TreeSet<>(values.keySet())) {
      Node value = values.get(slot);
      if (which.test(slot) && !value.equals(assigned.getOrDefault(slot, Block.entry(slot)))) {
        legal.put(slot, legal(value));
      }
    }
    return legal;
  }

  /** Assigns what slots were before the instruction at hand, which may leave the block. */
  private void assign() {
    Map<Integer, Node> changed = changed(before, slot -> !Place.FLAGS.contains(slot));
    if (!changed.isEmpty()) {
      steps.add(new Step.Assign(changed));
      changed.keySet().forEach(slot -> assigned.put(slot, before.get(slot)));
    }
    before = Map.of();
  }

  // Values.

  /** What a value stands for, if it is a local that is computed. */
  Node meaning(Node node) {
    return node instanceof Node.Local local ? meanings.getOrDefault(local.id(), local) : node;
  }

  /** The value of a slot now. */
  Node slot(int slot) {
    return slots.getOrDefault(slot, Block.entry(slot));
  }

  /** A new local. */
  Node.Local fresh(int width, String name) {
    return new Node.Local(width, next++, name);
  }

  private static boolean isPlain(Node node) {
    return node instanceof Node.Const
        || node instanceof Node.Local
        || node instanceof Node.Extend e && !e.signed() && isPlain(e.operand());
  }

  /** The same value as a plain one, computed by a local of its own if need be. */
  Node plain(Node node, String name) {
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
  Node legal(Node node) {
    Legaliser.Value value = Legaliser.value(node, Widths.NARROW, next);
    for (Effect effect : value.definitions()) {
      Effect.Define define = (Effect.Define) effect;
      definitions.put(define.local().id(), define.value());
      next = Math.max(next, define.local().id() + 1);
    }
    return value.node();
  }

  /** The same value, simpler if there is a way. */
  Node simplified(Node node) {
    return peephole.simplified(node);
  }

  /** Sets what is known of slots. */
  void slots(Map<Integer, Node> values) {
    slots = values;
  }

  /** What is known of slots that the block has changed. */
  Map<Integer, Node> slots() {
    return slots;
  }

  /** Adds a step. */
  void add(Step step) {
    if (step.leaves().isPresent()) {
      assign();
    }
    steps.add(step);
  }

  /** The step that was added last. */
  Optional<Step> last() {
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
  }

  /** Puts another step in the place of the one that was added last. */
  void replaceLast(Step step) {
    steps.set(steps.size() - 1, step);
  }

  /** Whether a local is computed, not the result of a step. */
  boolean isComputed(Node.Local local) {
    return definitions.containsKey(local.id());
  }

  // Instructions.

  private End inline(Meaning.Instruction instruction) {
    int first = next;
    InlineReader reader = new InlineReader(this, instruction);
    End end = reader.read();
    if (reader.setsFlags()) {
      flagger = first;
    }
    return end;
  }
}
