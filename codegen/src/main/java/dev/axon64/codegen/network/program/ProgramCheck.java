package dev.axon64.codegen.network.program;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of loop programs, checked over all counts of all loops at once. */
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
      if (step instanceof Step.Repeat repeat) {
        enter(repeat.counter());
        steps(repeat.body());
        open.remove(repeat.counter());
      } else if (step instanceof Step.Lanes lanes) {
        require(lanes.lane().count() % Step.LANES == 0, "lanes in multiples", lanes.name());
        enter(lanes.lane());
        lane = lanes.lane();
        body(lanes.body());
        lane = null;
        open.remove(lanes.lane());
      } else if (step instanceof Step.Serial serial) {
        body(serial.body());
      }
    }
  }

  private void enter(Counter counter) {
    require(counter.count() >= 1, "loops that run", counter);
    require(open.add(counter), "one loop a counter", counter);
  }

  private void body(List<Statement> statements) {
    Set<Object> outer = locals;
    locals = new HashSet<>(outer);
    statements.forEach(this::statement);
    locals = outer;
  }

  private void statement(Statement statement) {
    if (statement instanceof Statement.Let let) {
      real(let.value());
      name(let.local());
    } else if (statement instanceof Statement.LetWord let) {
      word(let.value());
      name(let.local());
    } else if (statement instanceof Statement.Accumulator accumulator) {
      real(accumulator.start());
      name(accumulator.local());
    } else if (statement instanceof Statement.Assign assign) {
      real(assign.value());
      require(locals.contains(assign.local()), "a known local", assign);
    } else if (statement instanceof Statement.Store store) {
      store(store);
    } else if (statement instanceof Statement.Loop loop) {
      enter(loop.counter());
      body(loop.body());
      open.remove(loop.counter());
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
    require(everNamed.add(local), "one value a local", local);
    locals.add(local);
  }

  private void real(Real real) {
    if (real instanceof Real.Load load) {
      place(load.buffer(), load.index());
    } else if (real instanceof Real.Local) {
      require(locals.contains(real), "a known local", real);
    } else if (real instanceof Real.Binary binary) {
      real(binary.left());
      real(binary.right());
    } else if (real instanceof Real.Fma fma) {
      real(fma.left());
      real(fma.right());
      real(fma.addend());
    } else if (real instanceof Real.SquareRoot root) {
      real(root.of());
    } else if (real instanceof Real.Select select) {
      real(select.test().left());
      real(select.test().right());
      real(select.then());
      real(select.otherwise());
    } else if (real instanceof Real.FromBits bits) {
      word(bits.bits());
    }
  }

  private void word(Word word) {
    if (word instanceof Word.BitsOf bits) {
      real(bits.real());
    } else if (word instanceof Word.Local) {
      require(locals.contains(word), "a known local", word);
    } else if (word instanceof Word.Binary binary) {
      word(binary.left());
      word(binary.right());
      boolean shift =
          binary.operation() == Word.Operation.SHIFT_LEFT
              || binary.operation() == Word.Operation.SHIFT_RIGHT;
      require(
          !shift || binary.right() instanceof Word.Constant c && c.value() >> 5 == 0,
          "shift counts from 0 to 31",
          word);
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
      throw new IllegalArgumentException("a loop program needs " + what + "; not so: " + here);
    }
  }
}
