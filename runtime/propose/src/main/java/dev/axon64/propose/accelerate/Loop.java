package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.machine.state.Register;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What is known of a loop whatever its registers hold: how each register changes from iteration to
 * iteration, which values follow from that in closed form, and which must be computed iteration by
 * iteration.
 */
final class Loop {
  /** How a register changes from iteration to iteration. */
  enum Course {
    /** Never changes. */
    SAME,
    /** Grows by the same amount each time. */
    STEPS,
    /** Its lower half grows by the same amount each time, and its upper half is zero. */
    HALF_STEPS,
    /** Changes in any other way. */
    CARRIED
  }

  final Iteration iteration;
  final Value[] values;
  final Course[] courses = new Course[Slots.COUNT];

  /** By slot, what is added in each iteration; null unless it steps. */
  final Linear[] steps = new Linear[Slots.COUNT];

  /** By value, the numbers of its operands. */
  final int[][] operands;

  /** By value, whether it follows from the iteration's number in closed form. */
  final boolean[] closed;

  /** By value, whether it is the same in all iterations. */
  final boolean[] same;

  /** By slot, the number of its value at the beginning; -1 if nothing reads it. */
  final int[] entries = new int[Slots.COUNT];

  /** The slots whose values at the beginning are read. */
  final int[] entered;

  /** By loaded value, the number of its address if that depends on data; else -1. */
  final int[] gathers;

  final int[] closedExits;
  final int[] dataExits;

  /** By value, whether it is needed for every iteration. */
  final boolean[] needed;

  /** By value, whether it is loaded, stored, and not needed for every iteration otherwise. */
  final boolean[] copied;

  /** Whether anything is needed for every iteration. */
  final boolean hasData;

  /** The numbers of all closed values that exits and addresses need, in order. */
  final int[] forecast;

  /**
   * Analyses an iteration.
   *
   * @throws Refusal if the address of a store, or of a load after one, depends on data
   */
  Loop(Iteration iteration) {
    this.iteration = iteration;
    this.values = iteration.values();
    this.operands =
        Arrays.stream(values)
            .map(v -> v.operands().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.closed = new boolean[values.length];
    this.same = new boolean[values.length];
    this.gathers = new int[values.length];
    Arrays.fill(gathers, -1);
    Arrays.fill(entries, -1);
    for (int id = 0; id < values.length; id++) {
      if (values[id] instanceof Value.Entry entry) {
        entries[entry.slot()] = id;
      }
    }
    entered = IntStream.range(0, Slots.COUNT).filter(slot -> entries[slot] >= 0).toArray();
    findSame();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      courses[slot] = course(slot);
    }
    findClosed();
    findGathers();
    closedExits = Arrays.stream(iteration.exits()).filter(id -> closed[id]).toArray();
    dataExits = Arrays.stream(iteration.exits()).filter(id -> !closed[id]).toArray();
    forecast = forecast();
    needed = columns();
    copied = copied();
    hasData = IntStream.range(0, needed.length).anyMatch(id -> needed[id]);
  }

  int next(int slot) {
    int next = iteration.next()[slot];
    return next < 0 ? entries[slot] : next;
  }

  /** Computes a value from those of its operands, which are in an array by their numbers. */
  long computed(int id, Value.Computed v, long[] from) {
    int[] of = operands[id];
    long b = of.length > 1 ? from[of[1]] : 0;
    long c = of.length > 2 ? from[of[2]] : 0;
    return Evaluation.of(v.operation(), from[of[0]], b, c);
  }

  private void findSame() {
    for (int id = 0; id < values.length; id++) {
      same[id] =
          switch (values[id]) {
            case Value.Constant v -> true;
            case Value.Load v -> false;
            case Value.Entry v -> next(v.slot()) == id;
            case Value.Computed v -> operands(v, same);
          };
    }
  }

  private static boolean operands(Value v, boolean[] all) {
    return v.operands().stream().allMatch(id -> all[id]);
  }

  private Course course(int slot) {
    int entry = entries[slot];
    int next = next(slot);
    if (next == entry) {
      return Course.SAME;
    }
    if (entry < 0 || Register.at(slot).slotWidth() != Long.SIZE) {
      return Course.CARRIED;
    }
    int whole = withoutZeros(next);
    boolean half = whole != next && values[whole].width() == Integer.SIZE;
    Linear linear = Linear.of(values, half ? whole : next);
    Linear rest = linear.without(entry);
    if (linear.terms().getOrDefault(entry, 0L) != 1
        || !rest.terms().keySet().stream().allMatch(id -> same[id])) {
      return Course.CARRIED;
    }
    steps[slot] = rest;
    return half ? Course.HALF_STEPS : Course.STEPS;
  }

  /** What a value is without the zeros on top of it. */
  int withoutZeros(int id) {
    return values[id] instanceof Value.Computed v
            && v.operation() instanceof Node.Extend extend
            && !extend.signed()
        ? v.operand(0)
        : id;
  }

  private void findClosed() {
    for (int id = 0; id < values.length; id++) {
      closed[id] =
          switch (values[id]) {
            case Value.Constant v -> true;
            case Value.Load v -> false;
            case Value.Entry v -> courses[v.slot()] != Course.CARRIED;
            case Value.Computed v -> operands(v, closed);
          };
    }
  }

  private void findGathers() {
    boolean stored = false;
    for (Access access : iteration.accesses()) {
      if (!closed[access.address()]) {
        if (access.store()) {
          throw new Refusal("stores to an address that depends on data");
        }
        if (stored) {
          throw new Refusal("loads from an address that depends on data, after a store");
        }
        gathers[access.value()] = access.address();
      }
      stored |= access.store();
    }
  }

  /** Marks what a value is computed from in the same iteration. */
  private void mark(int id, boolean[] marks) {
    if (marks[id]) {
      return;
    }
    marks[id] = true;
    values[id].operands().forEach(operand -> mark(operand, marks));
    if (gathers[id] >= 0) {
      mark(gathers[id], marks);
    }
  }

  private int[] forecast() {
    boolean[] marks = new boolean[values.length];
    for (int id : closedExits) {
      mark(id, marks);
    }
    for (Access access : iteration.accesses()) {
      if (closed[access.address()]) {
        mark(access.address(), marks);
      }
    }
    for (Linear step : steps) {
      if (step != null) {
        step.terms().keySet().forEach(id -> mark(id, marks));
      }
    }
    return IntStream.range(0, marks.length).filter(id -> marks[id]).toArray();
  }

  /** Whether a slot's value must be followed from iteration to iteration. */
  private boolean isCarried(int slot) {
    return entries[slot] >= 0 && courses[slot] == Course.CARRIED;
  }

  /** What is needed for every iteration: data exits, stored data, and what is carried. */
  private boolean[] columns() {
    boolean[] marks = new boolean[values.length];
    for (int id : dataExits) {
      mark(id, marks);
    }
    for (Access access : iteration.accesses()) {
      int id = access.value();
      if (access.store()
          ? !same[id] && !isPlainLoad(id) // which can be loaded when stored
          : gathers[id] >= 0) { // which may fault
        mark(id, marks);
      }
    }
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      if (isCarried(slot)) {
        mark(entries[slot], marks);
        mark(next(slot), marks);
      }
    }
    return marks;
  }

  private boolean isPlainLoad(int id) {
    return values[id] instanceof Value.Load && gathers[id] < 0;
  }

  private boolean[] copied() {
    boolean[] found = new boolean[values.length];
    for (Access access : iteration.accesses()) {
      int id = access.value();
      found[id] |= access.store() && !needed[id] && isPlainLoad(id);
    }
    return found;
  }
}
