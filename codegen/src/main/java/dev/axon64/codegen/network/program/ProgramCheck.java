package dev.axon64.codegen.network.program;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of tensor programs, checked over all counts of all loops at once. */
final class ProgramCheck {
  private final int[] sizes;
  private final Set<Counter> open = new HashSet<>();
  private Set<Object> locals = new HashSet<>();
  private final Set<Object> everNamed = new HashSet<>();
  private Counter lane;

  private ProgramCheck(int... sizes) {
    this.sizes = sizes;
  }

  static void check(List<Step> steps, int inputs, int weights, int scratch, int outputs) {
    new ProgramCheck(inputs, weights, scratch, outputs).steps(steps);
  }

  private void steps(List<Step> steps) {
    for (Step step : steps) {
      switch (step) {
        case Step.Repeat repeat -> {
          enter(repeat.counter());
          steps(repeat.body());
          open.remove(repeat.counter());
        }
        case Step.Lanes lanes -> {
          require(lanes.lane().count() % Step.LANES == 0, "lanes in multiples", lanes.name());
          enter(lanes.lane());
          lane = lanes.lane();
          body(lanes.body());
          lane = null;
          open.remove(lanes.lane());
        }
        case Step.Serial serial -> body(serial.body());
      }
    }
  }

  private void enter(Counter counter) {
    require(counter.count() >= 1, "loops that run", counter);
    require(open.add(counter), "one loop per counter", counter);
  }

  private void body(List<Statement> statements) {
    Set<Object> outer = locals;
    locals = new HashSet<>(outer);
    statements.forEach(this::statement);
    locals = outer;
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Let let -> {
        real(let.value());
        name(let.local());
      }
      case Statement.LetWord let -> {
        word(let.value());
        name(let.local());
      }
      case Statement.Accumulator accumulator -> {
        real(accumulator.start());
        name(accumulator.local());
      }
      case Statement.Assign assign -> {
        real(assign.value());
        require(locals.contains(assign.local()), "a known local", assign);
      }
      case Statement.Store store -> store(store);
      case Statement.Loop loop -> {
        enter(loop.counter());
        body(loop.body());
        open.remove(loop.counter());
      }
    }
  }

  private void store(Statement.Store store) {
    real(store.value());
    place(store.buffer(), store.index());
    Buffer.Area area = store.buffer().area();
    require(area == Buffer.Area.SCRATCH || area == Buffer.Area.OUTPUTS, "a writable buffer", store);
    require(
        lane == null || store.index().stride(lane) == 1, "lanes that write side by side", store);
  }

  private void name(Object local) {
    require(everNamed.add(local), "one value per local", local);
    locals.add(local);
  }

  private void real(Real real) {
    switch (real) {
      case Real.Constant constant -> {}
      case Real.Load load -> place(load.buffer(), load.index());
      case Real.Local local -> require(locals.contains(local), "a known local", local);
      case Real.Binary binary -> {
        real(binary.left());
        real(binary.right());
      }
      case Real.Fma fma -> {
        real(fma.left());
        real(fma.right());
        real(fma.addend());
      }
      case Real.SquareRoot root -> real(root.of());
      case Real.Select select -> {
        real(select.test().left());
        real(select.test().right());
        real(select.then());
        real(select.otherwise());
      }
      case Real.FromBits bits -> word(bits.bits());
    }
  }

  private void word(Word word) {
    switch (word) {
      case Word.Constant constant -> {}
      case Word.BitsOf bits -> real(bits.real());
      case Word.Local local -> require(locals.contains(local), "a known local", local);
      case Word.Binary binary -> {
        word(binary.left());
        word(binary.right());
        boolean shift =
            switch (binary.operation()) {
              case ADD, SUBTRACT -> false;
              case SHIFT_LEFT, SHIFT_RIGHT -> true;
            };
        require(
            !shift || binary.right() instanceof Word.Constant c && c.value() >> 5 == 0,
            "shift counts from 0 to 31",
            binary);
      }
    }
  }

  private void place(Buffer buffer, Index index) {
    boolean inside = index.least() >= 0 && index.most() < buffer.length();
    boolean within =
        buffer.offset() >= 0
            && (long) buffer.offset() + buffer.length() <= sizes[buffer.area().ordinal()];
    require(inside && within, "places inside " + buffer, index);
    for (Index.Term term : index.terms()) {
      require(open.contains(term.counter()), "counters of loops around", index);
    }
    require(lane == null || index.stride(lane) >> 1 == 0, "neighbouring lanes", index);
  }

  private static void require(boolean holds, String what, Object here) {
    if (!holds) {
      throw new IllegalArgumentException("a tensor program needs " + what + "; not so: " + here);
    }
  }
}
