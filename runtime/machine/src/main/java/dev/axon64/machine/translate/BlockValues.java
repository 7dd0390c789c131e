package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.machine.bytecode.NodeCode;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

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
  private final Map<Integer, Integer> saved = new HashMap<>();

  private boolean readsSaved;
  private int nextLocal;

  /**
   * @param firstLocal the first JVM local that is free
   */
  BlockValues(RegionWriter region, Block block, CodeBuilder code, int firstLocal) {
    this.region = region;
    this.block = block;
    this.code = code;
    this.uses = new Uses(block);
    this.nodes = new NodeCode(code, (c, read) -> local((Node.Local) read));
    this.nextLocal = firstLocal;
  }

  /** Leaves a local on the stack: as it was kept, or computed here. */
  private void local(Node.Local local) {
    boolean entry = local.id() < 0;
    Integer place =
        !entry ? kept.get(local.id()) : readsSaved ? saved.get(Block.slot(local)) : null;
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
    } else if (local.id() >= 0 && !kept.containsKey(local.id())) {
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

  /** What is kept now. */
  Map<Integer, Integer> known() {
    return new HashMap<>(kept);
  }

  /** Goes back to what was kept then, for code that is reached from there. */
  void knowOnly(Map<Integer, Integer> then) {
    kept = new HashMap<>(then);
  }

  /** Copies the slots that a prepared value reads and that the block changes. */
  void save(Node node) {
    if (!(node instanceof Node.Local local)) {
      Nodes.operands(node).forEach(this::save);
    } else if (local.id() >= 0) {
      if (!kept.containsKey(local.id())) {
        save(definition(local));
      }
    } else if (block.slots().containsKey(Block.slot(local))
        && !saved.containsKey(Block.slot(local))) {
      int place = freeLocal();
      saved.put(Block.slot(local), place);
      region.slots().load(Block.slot(local));
      put(local, place);
    }
  }

  /** Goes to a label where a saved condition holds, though the slots have changed. */
  void branchOnSaved(Node condition, Label label) {
    readsSaved = true;
    nodes.branch(condition, true, label);
    readsSaved = false;
  }
}
