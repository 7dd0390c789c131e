package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.accelerate.Loop.Course;

/**
 * Closed values as they will be, for the registers at hand. At an iteration i each has a value, a
 * step and a reach: k iterations on it is value + k * step modulo its width, for all k below the
 * reach. The reach is found exactly or too short, never too long.
 */
final class Forecast {
  /** A reach without end. */
  static final long ENDLESS = Long.MAX_VALUE;

  final long[] value;
  final long[] step;
  final long[] reach;

  private final Loop loop;
  private final long[] start = new long[Slots.COUNT];
  private final long[] growth = new long[Slots.COUNT];

  Forecast(Loop loop) {
    this.loop = loop;
    int n = loop.values.length;
    value = new long[n];
    step = new long[n];
    reach = new long[n];
  }

  /** Takes over the registers. */
  void begin(CpuState cpu) {
    for (int slot : loop.entered) {
      start[slot] = cpu.get(slot);
      growth[slot] = 0;
    }
    for (int id : loop.forecast) { // what steps are made of changes no more
      if (loop.same[id]) {
        at(id, 0);
      }
    }
    for (int slot : loop.entered) {
      Linear by = loop.steps[slot];
      if (by != null) {
        long sum = by.constant();
        for (var term : by.terms().entrySet()) {
          sum += value[term.getKey()] * term.getValue();
        }
        growth[slot] = sum;
      }
    }
  }

  /** What a slot grows by in each iteration, if it steps. */
  long growth(int slot) {
    return loop.courses[slot] == Course.HALF_STEPS ? (int) growth[slot] : growth[slot];
  }

  /** A slot's value at the beginning. */
  long start(int slot) {
    return start[slot];
  }

  /**
   * Whether a register that steps in its lower half still has something in its upper half, which
   * its first step clears.
   */
  boolean unsettled() {
    for (int slot : loop.entered) {
      if (loop.courses[slot] == Course.HALF_STEPS && start[slot] >>> 32 != 0) {
        return true;
      }
    }
    return false;
  }

  /** Moves values to an iteration. */
  void at(int[] ids, long i) {
    for (int id : ids) {
      at(id, i);
    }
  }

  private void at(int id, long i) {
    Value v = loop.values[id];
    switch (v.kind()) {
      case CONST -> set(id, v.number(), 0, ENDLESS);
      case ENTRY -> entry(id, (int) v.number(), i);
      case UNARY -> unary(id, v);
      case BINARY -> binary(id, v);
      case EXTRACT -> extract(id, v, i);
      case ZERO -> extend(id, v, false);
      case SIGN -> extend(id, v, true);
      case CONCAT -> concat(id, v);
      case SELECT -> {
        int chosen = value[v.a()] != 0 ? v.b() : v.c();
        set(id, value[chosen], step[chosen], Math.min(reach[chosen], constantFor(v.a())));
      }
      case LOAD -> throw new IllegalStateException("data is no closed value");
    }
  }

  private void set(int id, long now, long by, long until) {
    long mask = Ops.mask(loop.values[id].width());
    value[id] = now & mask;
    step[id] = by & mask;
    reach[id] = until;
  }

  /** For how many iterations a value stays as it is. */
  private long constantFor(int id) {
    return step[id] == 0 ? reach[id] : 1;
  }

  /** What is only known now; with operands that stay, it stays. */
  private void other(int id, long now, long stays) {
    set(id, now, 0, stays);
  }

  private void entry(int id, int slot, long i) {
    switch (loop.courses[slot]) {
      case SAME -> set(id, start[slot], 0, ENDLESS);
      case STEPS -> set(id, start[slot] + i * growth[slot], growth[slot], ENDLESS);
      case HALF_STEPS -> {
        long by = (int) growth[slot];
        long low = start[slot] + i * by & 0xffff_ffffL;
        set(id, low, by, untilWrap(low, by, Integer.SIZE));
      }
      case CARRIED -> throw new IllegalStateException("data is no closed value");
    }
  }

  /** Iterations until an unsigned number leaves its width; at least 1. */
  private static long untilWrap(long low, long by, int width) {
    if (by == 0) {
      return ENDLESS;
    }
    if (width == Long.SIZE) {
      // Steps are signed: upwards until 2^64, downwards until below 0, computed unsigned.
      return by > 0
          ? atLeastOne(Long.divideUnsigned(-1L - low, by) + 1)
          : atLeastOne(Long.divideUnsigned(low, -by) + 1);
    }
    return by > 0 ? (Ops.mask(width) - low) / by + 1 : low / -by + 1;
  }

  private static long atLeastOne(long n) {
    return n <= 0 ? ENDLESS : n; // 2^63 and more, or 2^64: longer than anybody waits
  }

  private static long signed(long x, int width) {
    return Value.signed(x, width);
  }

  private void unary(int id, Value v) {
    int a = v.a();
    if (v.unary() == UnaryOp.NOT) {
      set(id, ~value[a], -step[a], reach[a]);
    } else {
      other(id, v.apply(value[a], 0, 0), constantFor(a));
    }
  }

  private void extract(int id, Value v, long i) {
    int a = v.a();
    Value of = loop.values[a];
    int low = (int) v.number();
    if (low == 0) {
      boolean half =
          of.kind() == Value.Kind.ENTRY
              && loop.courses[(int) of.number()] == Course.HALF_STEPS
              && v.width() <= Integer.SIZE;
      set(id, value[a], step[a], half ? ENDLESS : reach[a]);
      return;
    }
    long now = value[a] >>> low;
    long below = Ops.mask(low);
    if ((step[a] & below) == 0) {
      set(id, now, step[a] >>> low, reach[a]);
      return;
    }
    long by = signed(step[a], of.width());
    long rest = value[a] & below;
    long stays = by > 0 ? Long.divideUnsigned(below - rest, by) + 1 : rest / -by + 1;
    other(id, now, Math.min(reach[a], Math.max(1, stays)));
  }

  private void extend(int id, Value v, boolean sign) {
    int a = v.a();
    int width = loop.values[a].width();
    long by = signed(step[a], width);
    if (!sign) {
      set(id, value[a], by, Math.min(reach[a], untilWrap(value[a], by, width)));
      return;
    }
    // As unsigned with the sign turned round, the smallest number is 0.
    long turned = value[a] ^ 1L << width - 1;
    set(id, signed(value[a], width), by, Math.min(reach[a], untilWrap(turned, by, width)));
  }

  private void concat(int id, Value v) {
    int a = v.a();
    int b = v.b();
    int low = (int) v.number();
    long until = Math.min(reach[a], reach[b]);
    long by = signed(step[b], low);
    if (by != 0) {
      until = Math.min(until, untilWrap(value[b], by, low));
    }
    set(id, value[a] << low | value[b], (step[a] << low) + by, until);
  }

  private void binary(int id, Value v) {
    int a = v.a();
    int b = v.b();
    int width = (int) v.number();
    long both = Math.min(reach[a], reach[b]);
    long now = v.apply(value[a], value[b], 0);
    switch (v.binary()) {
      case ADD -> set(id, now, step[a] + step[b], both);
      case SUB -> set(id, now, step[a] - step[b], both);
      case MUL -> {
        if (step[a] == 0 || step[b] == 0) {
          set(id, now, step[a] * value[b] + step[b] * value[a], both);
        } else {
          other(id, now, 1);
        }
      }
      case EQ -> other(id, now, Math.min(both, equalFor(a, b, width)));
      case ULT -> other(id, now, Math.min(both, lessFor(a, b, width, 0)));
      case SLT -> other(id, now, Math.min(both, lessFor(a, b, width, 1L << width - 1)));
      default -> other(id, now, Math.min(constantFor(a), constantFor(b)));
    }
  }

  /** For how many iterations two values stay equal, or stay different. */
  private long equalFor(int a, int b, int width) {
    long mask = Ops.mask(width);
    long by = step[a] - step[b] & mask;
    long apart = value[b] - value[a] & mask;
    if (by == 0) {
      return ENDLESS;
    }
    if (apart == 0) {
      return 1;
    }
    // The least k > 0 with k * by = apart modulo 2^width.
    int twos = Long.numberOfTrailingZeros(by);
    if (Long.numberOfTrailingZeros(apart) < twos) {
      return ENDLESS;
    }
    long k = (apart >>> twos) * inverse(by >>> twos) & Ops.mask(width - twos);
    return k < 0 ? ENDLESS : Math.max(1, k);
  }

  /** Of an odd number, modulo 2^64. */
  private static long inverse(long odd) {
    long x = odd;
    for (int i = 0; i < 5; i++) { // each round doubles the bits that are right, from 3
      x *= 2 - odd * x;
    }
    return x;
  }

  /** For how many iterations a comparison stays as it is; {@code turn} is put on both sides. */
  private long lessFor(int a, int b, int width, long turn) {
    if (step[a] == 0 && step[b] == 0) {
      return ENDLESS;
    }
    long x = value[a] ^ turn;
    long y = value[b] ^ turn;
    if (step[b] == 0) {
      long by = signed(step[a], width);
      boolean less = Long.compareUnsigned(x, y) < 0;
      if (less && by > 0) {
        return least(Long.divideUnsigned(y - x - 1, by) + 1);
      }
      if (!less && by < 0) {
        return least(Long.divideUnsigned(x - y, -by) + 1);
      }
      return least(untilWrap(x, by, width));
    }
    if (step[a] == 0) {
      long by = signed(step[b], width);
      boolean less = Long.compareUnsigned(x, y) < 0;
      if (less && by < 0) {
        return least(Long.divideUnsigned(y - x - 1, -by) + 1);
      }
      if (!less && by > 0) {
        return least(Long.divideUnsigned(x - y, by) + 1);
      }
      return least(untilWrap(y, by, width));
    }
    return 1;
  }

  private static long least(long n) {
    return n <= 0 ? 1 : n;
  }
}
