package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.machine.bytecode.NodeCode;
import dev.axon64.machine.bytecode.Reads;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes the values of a block. What is read more than once is kept in a JVM local when it is first
 * needed; the rest is computed where it is read.
 */
final class BlockValues {
  private final RegionWriter region;
  private final Block block;
  private final CodeBuilder code;
  private final Uses uses;
  private final NodeCode nodes;

  /** Where values are that have been computed. */
  private Map<Integer, Integer> kept = new HashMap<>();

  /** Copies of slots as they were at the beginning, for what is read after the slots change. */
  private Map<Integer, Integer> saved = new HashMap<>();

  private int nextLocal;

  /**
   * @param firstLocal the first JVM local that is free
   */
  BlockValues(RegionWriter region, Block block, CodeBuilder code, int firstLocal) {
    this.region = region;
    this.block = block;
    this.code = code;
    this.uses = new Uses(block);
    this.nodes = new NodeCode(code, new Locals());
    this.nextLocal = firstLocal;
  }

  /** Where the block's values are. */
  private final class Locals implements Reads {
    @Override
    public void push(CodeBuilder to, Node.Read read) {
      local((Node.Local) read);
    }

    @Override
    public Node decided(Node.Read truth) {
      return truth instanceof Node.Local local && local.id() >= 0 && !kept.containsKey(local.id())
          ? definition(local)
          : truth;
    }
  }

  /** Leaves a local on the stack: as it was kept, or computed here. */
  private void local(Node.Local local) {
    boolean entry = local.id() < 0;
    Integer place = entry ? saved.get(Block.slot(local)) : kept.get(local.id());
    if (place != null) {
      get(local, place);
    } else if (entry) {
      region.slots().load(Block.slot(local));
    } else {
      nodes.of(definition(local));
    }
  }

  private Node definition(Node.Local local) {
    Node definition = block.definitions().get(local.id());
    if (definition == null) {
      throw new IllegalStateException("a local without a value: " + local);
    }
    return definition;
  }

  private void get(Node.Local local, int place) {
    if (local.width() == Long.SIZE) {
      code.lload(place);
    } else {
      code.iload(place);
    }
  }

  private void put(Node.Local local, int place) {
    if (local.width() == Long.SIZE) {
      code.lstore(place);
    } else {
      code.istore(place);
    }
  }

  /** A JVM local that is free. */
  int freeLocal() {
    nextLocal += 2;
    return nextLocal - 2;
  }

  /** Whether anything reads a local. */
  boolean isRead(Node.Local local) {
    return uses.count(local) + uses.leaving(local) > 0;
  }

  /** Keeps what is on the stack as a local's value. */
  void keep(Node.Local local) {
    int place = freeLocal();
    kept.put(local.id(), place);
    put(local, place);
  }

  /** Computes a register's new value if it will be read again, or by whoever leaves the block. */
  void compute(Node.Local local) {
    if (!kept.containsKey(local.id()) && (uses.count(local) > 1 || uses.leaving(local) > 0)) {
      push(definition(local));
      keep(local);
    }
  }

  /** Computes what a value needs more than once, before any of it is computed under a condition. */
  void prepare(Node node) {
    if (!(node instanceof Node.Local local)) {
      Nodes.operands(node).forEach(this::prepare);
    } else if (local.id() < 0) {
      if (!region.slots().areInLocals() && uses.count(local) > 1) {
        save(Block.slot(local));
      }
    } else if (!kept.containsKey(local.id())) {
      prepare(definition(local));
      if (uses.count(local) + uses.leaving(local) > 1) {
        nodes.of(definition(local));
        keep(local);
      }
    }
  }

  /** Leaves a prepared value on the stack. */
  void of(Node node) {
    nodes.of(node);
  }

  /** Prepares a value and leaves it on the stack. */
  void push(Node node) {
    prepare(node);
    nodes.of(node);
  }

  /** Leaves a register that stays in the state on the stack. */
  void readState(String register, int width) {
    code.aload(RegionWriter.CPU_LOCAL).getfield(RegionWriter.CPU, field(register), CD_long);
    narrow(width);
  }

  /** The field of a register that stays in the state. */
  static String field(String register) {
    return register.toLowerCase(Locale.ROOT);
  }

  /** Goes to a label if a prepared condition is so. */
  void branch(Node condition, boolean when, Label label) {
    nodes.branch(condition, when, label);
  }

  // What stands on the stack.

  /** Makes what a width is computed in of 64 bits. */
  void narrow(int width) {
    if (width != Long.SIZE) {
      code.l2i();
    }
  }

  /** Makes 64 bits of a value, zeros on top. */
  void widen(int width) {
    if (width == Integer.SIZE) {
      code.i2l().loadConstant(0xffff_ffffL).land();
    } else if (width == 1) {
      code.i2l();
    }
  }

  /** Keeps what was loaded: an {@code int} of up to 32 bits, or a {@code long}. */
  void keepLoaded(Node.Local local, int bits) {
    if (bits == Long.SIZE) {
      narrow(local.width());
    } else if (local.width() == Long.SIZE) {
      widen(Integer.SIZE);
    }
    keep(local);
  }

  /** Leaves a prepared value on the stack as it is stored. */
  void toStore(Node value, int bits) {
    nodes.of(value);
    if (bits == Long.SIZE) {
      widen(value.width());
    } else if (value.width() == Long.SIZE) {
      code.l2i();
    }
  }

  // Other times.

  /**
   * What has been computed at some place.
   *
   * @param kept locals, by number
   * @param saved slots as they were at the beginning
   */
  record Known(Map<Integer, Integer> kept, Map<Integer, Integer> saved) {}

  /** What has been computed now. */
  Known known() {
    return new Known(new HashMap<>(kept), new HashMap<>(saved));
  }

  /** Goes back to what had been computed then, for code that is reached from there. */
  void knowOnly(Known then) {
    kept = new HashMap<>(then.kept());
    saved = new HashMap<>(then.saved());
  }

  /**
   * Gives slots their values, all at once.
   *
   * @param later what may be read afterwards
   */
  void assign(Map<Integer, Node> slots, List<Node> later) {
    slots.values().forEach(this::prepare);
    List<Integer> order = List.copyOf(slots.keySet());
    List<Set<Integer>> reads = new ArrayList<>(); // by what is assigned later, and afterwards
    Set<Integer> read = new HashSet<>();
    later.forEach(node -> collect(node, read, new HashSet<>()));
    for (int slot : order.reversed()) {
      reads.addFirst(Set.copyOf(read));
      collect(slots.get(slot), read, new HashSet<>());
    }
    for (int i = 0; i < order.size(); i++) {
      int slot = order.get(i);
      if (reads.get(i).contains(slot)) {
        save(slot);
      }
      region.slots().store(slot, () -> of(slots.get(slot)));
    }
  }

  /** Collects the slots whose values at the beginning a value still reads. */
  private void collect(Node node, Set<Integer> read, Set<Integer> seen) {
    if (!(node instanceof Node.Local local)) {
      Nodes.operands(node).forEach(operand -> collect(operand, read, seen));
    } else if (local.id() < 0) {
      read.add(Block.slot(local));
    } else if (!kept.containsKey(local.id()) && seen.add(local.id())) {
      Node definition = block.definitions().get(local.id());
      if (definition != null) { // else it is the result of a step to come
        collect(definition, read, seen);
      }
    }
  }

  /** Copies a slot that has not changed yet. */
  private void save(int slot) {
    if (!saved.containsKey(slot)) {
      int place = freeLocal();
      saved.put(slot, place);
      region.slots().load(slot);
      put(Block.entry(slot), place);
    }
  }
}
