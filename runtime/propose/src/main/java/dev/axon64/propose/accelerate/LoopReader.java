package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.machine.state.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a loop by executing the meaning of its instructions once on unknown registers. It follows
 * one way through the loop; every branch off that way becomes an exit.
 */
final class LoopReader {
  private static final int DEEPEST = 8;

  private final Meanings meanings;
  private final Code code;
  private final long head;
  private final long branch;
  private final Node[] slots = new Node[Slots.COUNT];
  private final List<long[]> accessIds = new ArrayList<>();
  private final List<Node> accessAddresses = new ArrayList<>();
  private final List<Node> accessValues = new ArrayList<>();
  private final List<Node> exits = new ArrayList<>();
  private int loads;
  private Map<Integer, Node> locals = new HashMap<>();

  /** The condition under which the current instruction branches. */
  private Node taken;

  /** Where it branches to. */
  private long target;

  private LoopReader(Meanings meanings, Code code, long head) {
    this.meanings = meanings;
    this.code = code;
    this.head = head;
    this.branch = code.branch();
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Node.Local(Register.at(i).slotWidth(), i, "slot");
    }
  }

  /**
   * Reads a loop.
   *
   * @param code ends with the branch that leads back to the head
   * @throws Refusal if the loop does what cannot be followed
   */
  static Iteration read(Meanings meanings, Code code, long head) {
    return new LoopReader(meanings, code, head).read();
  }

  private Iteration read() {
    List<Long> addresses = new ArrayList<>();
    List<Integer> words = new ArrayList<>();
    long pc = head;
    do {
      if (addresses.size() == Code.LONGEST) {
        throw new Refusal("more than " + Code.LONGEST + " instructions");
      }
      int word = code.word(pc);
      addresses.add(pc);
      words.add(word);
      pc = step(pc, word);
    } while (pc != head);
    return finish(addresses, words);
  }

  /** Follows one instruction, and returns the address of the next. */
  private long step(long pc, int word) {
    List<Effect> effects =
        meanings.of(word, pc).orElseThrow(() -> new Refusal("undefined instruction"));
    locals = new HashMap<>();
    taken = Ops.constant(1, 0);
    run(effects, Ops.constant(1, 1), 0);
    if (taken instanceof Node.Const always) {
      long next = always.value() != 0 ? target : pc + 4;
      if (next != head && (next <= pc || next > branch)) {
        throw new Refusal(always.value() != 0 ? "call or jump" : "does not lead back");
      }
      return next;
    }
    if (target == head) {
      if (pc != branch) {
        throw new Refusal("leads back from several places");
      }
      exits.add(Ops.not(taken));
      return head;
    }
    exits.add(taken);
    if (pc >= branch) {
      throw new Refusal("does not lead back");
    }
    return pc + 4;
  }

  private void run(List<Effect> effects, Node when, int depth) {
    for (Effect effect : effects) {
      run(effect, when, depth);
    }
  }

  private void run(Effect effect, Node when, int depth) {
    switch (effect) {
      case Effect.Define e -> locals.put(e.local().id(), value(e.value()));
      case Effect.Declare e -> {}
      case Effect.Assign e -> locals.put(e.local().id(), value(e.value()));
      case Effect.SetX e -> setX(e);
      case Effect.SetV e -> {
        int slot = Slots.V + 2 * index(e.index());
        Node low = value(e.low());
        slots[slot + 1] = value(e.high());
        slots[slot] = low;
      }
      case Effect.SetState e -> slots[Slots.of(e.name())] = value(e.value());
      case Effect.Branch e -> branch(e, when);
      case Effect.Load e -> load(e, when);
      case Effect.Store e -> store(e, when);
      case Effect.If e -> choose(e, when, depth);
      case Effect.Undefined e -> throw new Refusal("undefined instruction");
      case Effect.Raise e -> throw new Refusal("trap " + e.trap());
      case Effect.Host e -> throw new Refusal("asks the host for " + e.name());
      case Effect.Call e -> call(e, when, depth);
    }
  }

  private void setX(Effect.SetX e) {
    int index = index(e.index());
    if (index < 31) {
      slots[Slots.X + index] = value(e.value());
    } else if (e.stack()) {
      slots[Slots.SP] = value(e.value());
    }
  }

  private void branch(Effect.Branch e, Node when) {
    if (!(value(e.target()) instanceof Node.Const to)) {
      throw new Refusal("indirect branch");
    }
    target = to.value();
    taken = when;
  }

  private void load(Effect.Load e, Node when) {
    always(when);
    Node address = value(e.address());
    Node.Local loaded = new Node.Local(8 * e.bytes(), Values.FIRST_LOAD + loads++, "load");
    accessIds.add(new long[] {0, e.bytes()});
    accessAddresses.add(address);
    accessValues.add(loaded);
    locals.put(e.local().id(), loaded);
  }

  private void store(Effect.Store e, Node when) {
    always(when);
    accessIds.add(new long[] {1, e.bytes()});
    accessAddresses.add(value(e.address()));
    accessValues.add(Ops.extract(8 * e.bytes(), 0, value(e.value())));
  }

  private static void always(Node when) {
    if (!(when instanceof Node.Const)) {
      throw new Refusal("loads or stores conditionally");
    }
  }

  private void choose(Effect.If e, Node when, int depth) {
    Node condition = value(e.condition());
    if (condition instanceof Node.Const known) {
      run(known.value() != 0 ? e.yes() : e.no(), when, depth);
    } else if (stops(e.yes())) {
      leave(condition, when);
      run(e.no(), when, depth);
    } else if (stops(e.no())) {
      leave(Ops.not(condition), when);
      run(e.yes(), when, depth);
    } else {
      both(e, condition, when, depth);
    }
  }

  private void leave(Node condition, Node when) {
    always(when);
    exits.add(condition);
  }

  /** Whether a block does nothing but stop the guest. */
  private static boolean stops(List<Effect> block) {
    return !block.isEmpty()
        && (block.getLast() instanceof Effect.Raise || block.getLast() instanceof Effect.Undefined);
  }

  private void both(Effect.If e, Node condition, Node when, int depth) {
    Node[] slotsBefore = slots.clone();
    Map<Integer, Node> localsBefore = new HashMap<>(locals);
    run(e.yes(), Ops.binary(BinaryOp.AND, when, condition), depth);
    Node[] slotsYes = slots.clone();
    Map<Integer, Node> localsYes = locals;
    System.arraycopy(slotsBefore, 0, slots, 0, slots.length);
    locals = localsBefore;
    Node not = Ops.not(condition);
    run(e.no(), Ops.binary(BinaryOp.AND, when, not), depth);
    for (int i = 0; i < slots.length; i++) {
      slots[i] = merged(condition, slotsYes[i], slots[i]);
    }
    localsYes.forEach((id, yes) -> locals.merge(id, yes, (no, y) -> merged(condition, y, no)));
  }

  private static Node merged(Node condition, Node yes, Node no) {
    return yes == no ? yes : Ops.select(condition, yes, no);
  }

  private void call(Effect.Call e, Node when, int depth) {
    if (depth == DEEPEST) {
      throw new Refusal("nested function calls");
    }
    List<Node> arguments = e.arguments().stream().map(this::value).toList();
    Map<Integer, Node> before = locals;
    locals = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      locals.put(e.function().parameters().get(i).id(), arguments.get(i));
    }
    run(e.function().body(), when, depth + 1);
    Node result = e.function().result().map(this::value).orElse(null);
    locals = before;
    e.result().ifPresent(local -> locals.put(local.id(), result));
  }

  private int index(Node index) {
    if (value(index) instanceof Node.Const known) {
      return (int) known.value();
    }
    throw new Refusal("register number not known");
  }

  /** Puts in what is known of registers and locals. */
  private Node value(Node node) {
    return switch (node) {
      case Node.Const n -> n;
      case Node.Field n -> throw new IllegalStateException("the word is known");
      case Node.Word n -> throw new IllegalStateException("the word is known");
      case Node.Local n -> locals.get(n.id());
      case Node.GetX n -> {
        int index = index(n.index());
        yield index < 31
            ? slots[Slots.X + index]
            : n.stack() ? slots[Slots.SP] : Ops.constant(Long.SIZE, 0);
      }
      case Node.GetV n -> slots[Slots.V + 2 * index(n.index()) + n.half()];
      case Node.GetState n -> slots[Slots.of(n.name())];
      case Node.Pc n -> throw new IllegalStateException("the pc is known");
      case Node.Operation n -> Ops.mapped(n, this::value);
    };
  }

  private Iteration finish(List<Long> addresses, List<Integer> words) {
    Values values = new Values();
    int[] next = new int[Slots.COUNT];
    Arrays.fill(next, -1);
    for (int i = 0; i < slots.length; i++) {
      if (!(slots[i] instanceof Node.Local local && local.id() == i)) {
        next[i] = values.of(slots[i]);
      }
    }
    List<Access> accesses = new ArrayList<>();
    for (int i = 0; i < accessIds.size(); i++) {
      long[] id = accessIds.get(i);
      accesses.add(
          new Access(
              id[0] == 1,
              values.of(accessAddresses.get(i)),
              (int) id[1],
              values.of(accessValues.get(i))));
    }
    int[] leave =
        exits.stream()
            .filter(exit -> !(exit instanceof Node.Const known && known.value() == 0))
            .mapToInt(values::of)
            .distinct()
            .toArray();
    return new Iteration(
        head,
        branch,
        addresses.stream().mapToLong(Long::longValue).toArray(),
        words.stream().mapToInt(Integer::intValue).toArray(),
        values.all(),
        next,
        List.copyOf(accesses),
        leave);
  }
}
