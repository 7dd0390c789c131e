package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads and writes the slots of registers that a region touches: in JVM locals, or in the state.
 */
final class RegionSlots {
  private final CodeBuilder code;

  /**
   * Whether they are in locals while the region runs. In loops that saves loads and stores;
   * elsewhere, and around calls, it costs more of them than it saves.
   */
  private final boolean inLocals;

  /** Where the slots are that the region reads or writes. */
  private final Map<Integer, Integer> places = new TreeMap<>();

  private final Set<Integer> written = new TreeSet<>();

  /** The JVM local for a value on its way to the state. */
  private final int scratch;

  private int firstFree;

  /**
   * @param firstLocal the first JVM local that is free
   */
  RegionSlots(CodeBuilder code, List<Block> blocks, boolean inLocals, int firstLocal) {
    this.code = code;
    this.inLocals = inLocals;
    this.scratch = firstLocal;
    this.firstFree = firstLocal + 2;
    if (inLocals) {
      blocks.forEach(this::place);
    }
  }

  private void place(Block block) {
    Slots.read(block).forEach(this::place);
    written.addAll(Slots.written(block));
    Slots.written(block).forEach(this::place);
  }

  private void place(int slot) {
    if (!places.containsKey(slot)) {
      places.put(slot, firstFree);
      firstFree += Place.width(slot) == 1 ? 1 : 2;
    }
  }

  /** The first JVM local that is free. */
  int firstFree() {
    return firstFree;
  }

  /** Whether they are in locals. */
  boolean areInLocals() {
    return inLocals;
  }

  /** Leaves a slot's value on the stack, as it is now. */
  void load(int slot) {
    if (!inLocals) {
      read(slot);
    } else if (Place.width(slot) == 1) {
      code.iload(places.get(slot));
    } else {
      code.lload(places.get(slot));
    }
  }

  /** Gives a slot the value on the stack. */
  void store(int slot) {
    if (inLocals) {
      storeInLocal(slot);
    } else {
      storeInState(slot);
    }
  }

  /**
   * Gives a slot a value.
   *
   * @param value leaves it on the stack
   */
  void store(int slot, Runnable value) {
    if (inLocals) {
      value.run();
      storeInLocal(slot);
    } else {
      keep(slot, value);
    }
  }

  private void storeInLocal(int slot) {
    if (Place.width(slot) == 1) {
      code.istore(places.get(slot));
    } else {
      code.lstore(places.get(slot));
    }
  }

  private void storeInState(int slot) {
    if (Place.width(slot) == 1) {
      code.istore(scratch);
      keep(slot, () -> code.iload(scratch));
    } else {
      code.lstore(scratch);
      keep(slot, () -> code.lload(scratch));
    }
  }

  /** Reads all slots from the state, if they are kept in locals. */
  void fetchAll() {
    for (int slot : places.keySet()) {
      read(slot);
      storeInLocal(slot);
    }
  }

  /** Leaves a slot's value in the state on the stack. */
  private void read(int slot) {
    int index = Place.index(slot);
    if (index < 0) {
      code.aload(RegionWriter.CPU_LOCAL)
          .getfield(RegionWriter.CPU, Place.field(slot), CD_long)
          .l2i();
    } else {
      code.aload(array(slot)).loadConstant(index).laload();
    }
  }

  /** Writes a slot to the state. */
  private void keep(int slot, Runnable value) {
    int index = Place.index(slot);
    if (index < 0) {
      code.aload(RegionWriter.CPU_LOCAL);
      value.run();
      code.i2l().putfield(RegionWriter.CPU, Place.field(slot), CD_long);
    } else {
      code.aload(array(slot)).loadConstant(index);
      value.run();
      code.lastore();
    }
  }

  private static int array(int slot) {
    return Place.field(slot).equals("x") ? RegionWriter.X_LOCAL : RegionWriter.V_LOCAL;
  }

  /** Writes all slots to the state, if they are kept in locals. */
  void keepAll() {
    written.forEach(slot -> keep(slot, () -> load(slot)));
  }
}
