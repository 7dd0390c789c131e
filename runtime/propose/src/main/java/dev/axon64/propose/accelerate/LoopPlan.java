package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.legal.Legaliser;
import dev.axon64.codegen.isa.legal.Widths;
import dev.axon64.propose.accelerate.Loop.Course;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Which values compiled code computes in each iteration, in legal form, and in which order. */
final class LoopPlan {
  /** A loop with more values is not worth compiling. */
  private static final int MOST = 400;

  private final Loop loop;
  private final Value[] values;
  private final List<Access> accesses;
  private final boolean[] live;

  /** By value that is computed: its legal form. */
  private final Legaliser.Value[] legal;

  /**
   * Plans.
   *
   * @throws Refusal if it is too much
   */
  LoopPlan(Loop loop) {
    this.loop = loop;
    this.values = loop.values;
    this.accesses = loop.iteration.accesses();
    this.live = loop.needed.clone();
    for (Access access : accesses) {
      mark(access.address());
      mark(access.value());
    }
    if (live().size() > MOST) {
      throw new Refusal("too much computation");
    }
    this.legal = new Legaliser.Value[values.length];
    for (int id : live()) {
      if (values[id] instanceof Value.Computed v) {
        legal[id] = Legaliser.value(v.operation(), Widths.NARROW, values.length);
      }
    }
  }

  private void mark(int id) {
    if (!live[id]) {
      live[id] = true;
      values[id].operands().forEach(this::mark);
    }
  }

  Loop loop() {
    return loop;
  }

  /** All values that have a place in compiled code. */
  List<Integer> live() {
    return IntStream.range(0, live.length).filter(id -> live[id]).boxed().toList();
  }

  /** The width in which compiled code holds a value: 1, 32 or 64. */
  int width(int id) {
    return Widths.NARROW.of(values[id].width());
  }

  /** Whether each iteration computes a value from others. */
  boolean isComputed(int id) {
    return values[id] instanceof Value.Computed && !loop.same[id] && carried(id).isEmpty();
  }

  /** Whether each iteration loads a value. */
  boolean isLoaded(int id) {
    return values[id] instanceof Value.Load;
  }

  /** The legal form of a value, if it is an operation. */
  Optional<Legaliser.Value> legal(int id) {
    return Optional.ofNullable(legal[id]);
  }

  /** Whether what comes after the loop needs a value of the last iteration. */
  boolean isKept(int id) {
    return isLoaded(id) || values[id] instanceof Value.Entry && !loop.closed[id];
  }

  /** How the slot goes on whose value at the beginning this is; SAME for other values. */
  Course course(int id) {
    return values[id] instanceof Value.Entry entry ? loop.courses[entry.slot()] : Course.SAME;
  }

  /** Whether a value grows by the same in each iteration. */
  boolean isStepping(int id) {
    return course(id) == Course.STEPS || course(id) == Course.HALF_STEPS;
  }

  /**
   * The value that becomes this one in the next iteration, if it is carried: of a slot, or of the
   * low half of a slot that is always written with zeros on top.
   */
  OptionalInt carried(int id) {
    if (course(id) == Course.CARRIED) {
      return OptionalInt.of(next(id));
    }
    if (values[id] instanceof Value.Computed v
        && v.operation() instanceof Node.Extract low
        && low.low() == 0
        && course(v.operand(0)) == Course.CARRIED) {
      int next = loop.withoutZeros(next(v.operand(0)));
      return values[next].width() == low.width() ? OptionalInt.of(next) : OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  private int next(int id) {
    return loop.next(((Value.Entry) values[id]).slot());
  }

  /** Values and what they need, operands first; a load comes after its address. */
  List<Integer> order(Collection<Integer> ids) {
    boolean[] done = new boolean[values.length];
    List<Integer> order = new ArrayList<>();
    ids.forEach(id -> visit(id, done, order));
    return order;
  }

  private void visit(int id, boolean[] done, List<Integer> order) {
    if (done[id]) {
      return;
    }
    done[id] = true;
    values[id].operands().forEach(operand -> visit(operand, done, order));
    if (isLoaded(id)) {
      visit(accesses.get(load(id)).address(), done, order);
    }
    order.add(id);
  }

  /** The number of the access that loads a value. */
  int load(int id) {
    return IntStream.range(0, accesses.size())
        .filter(i -> !accesses.get(i).store() && accesses.get(i).value() == id)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a load without access"));
  }
}
