package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Evaluation;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.accelerate.Loop.Course;

/**
 * Tells closed values of future iterations, for the current registers. At an iteration each has a
 * value, a step and a reach: k iterations later it is value + k * step modulo its width, for all k
 * below the reach. The reach is exact or too short, never too long.
 */
final class Forecast {
  /** The reach of what goes on for ever. */
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

  /** Takes over the values of the registers. */
  void begin(CpuState cpu) {
    for (int slot : loop.entered) {
      start[slot] = cpu.get(slot);
      growth[slot] = 0;
    }
    for (int id : loop.forecast) { // steps are made of what stays the same
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

  /** By how much a slot grows in each iteration, if it steps. */
  long growth(int slot) {
    return loop.courses[slot] == Course.HALF_STEPS ? (int) growth[slot] : growth[slot];
  }

  /** A slot's value at the beginning. */
  long start(int slot) {
    return start[slot];
  }

  /**
   * Whether a register that steps in its lower half still has bits in its upper half, which its
   * first step clears.
   */
  boolean unsettled() {
    for (int slot : loop.entered) {
      if (loop.courses[slot] == Course.HALF_STEPS && start[slot] >>> 32 != 0) {
        return true;
      }
    }
    return false;
  }

  /** Computes values of an iteration, in the order of their numbers. */
  void at(int[] ids, long i) {
    for (int id : ids) {
      at(id, i);
    }
  }

  private void at(int id, long i) {
    switch (loop.values[id]) {
      case Value.Computed v -> computed(id, v);
      case Value.Constant v -> set(id, v.number(), 0, ENDLESS);
      case Value.Entry v -> entry(id, v.slot(), i);
      case Value.Load v -> throw new IllegalStateException("data is no closed value");
    }
  }

  private void computed(int id, Value.Computed v) {
    long now = loop.computed(id, v, value);
    int[] operands = loop.operands[id];
    int a = operands[0];
    switch (v.operation()) {
      case Node.Unary n -> {
        if (n.op() == UnaryOp.NOT) {
          set(id, now, -step[a], reach[a]);
        } else {
          set(id, now, 0, constantFor(a));
        }
      }
      case Node.Binary n -> binary(id, now, n.op(), a, operands[1]);
      case Node.Extract n -> extract(id, now, n, a);
      case Node.Extend n -> extend(id, now, n, a);
      case Node.Concat n -> concat(id, now, n.low().width(), a, operands[1]);
      case Node.Select n -> {
        int chosen = operands[value[a] != 0 ? 1 : 2];
        set(id, now, step[chosen], Math.min(reach[chosen], constantFor(a)));
      }
    }
  }

  private void set(int id, long now, long by, long until) {
    long mask = Ops.mask(loop.values[id].width());
    value[id] = now & mask;
    step[id] = by & mask;
    reach[id] = until;
  }

  /** For how many iterations a value stays the same. */
  private long constantFor(int id) {
    return step[id] == 0 ? reach[id] : 1;
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

  /** Counts the iterations until an unsigned number leaves its width; at least 1. */
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
    return n <= 0 ? ENDLESS : n; // 2^63 or more iterations, which no guest lives to see
  }

  private void extract(int id, long now, Node.Extract n, int a) {
    if (n.low() == 0) {
      boolean isHalf =
          loop.values[a] instanceof Value.Entry entry
              && loop.courses[entry.slot()] == Course.HALF_STEPS
              && n.width() <= Integer.SIZE;
      set(id, now, step[a], isHalf ? ENDLESS : reach[a]);
      return;
    }
    long below = Ops.mask(n.low());
    if ((step[a] & below) == 0) {
      set(id, now, step[a] >>> n.low(), reach[a]);
      return;
    }
    long by = Evaluation.signed(n.operand().width(), step[a]);
    long rest = value[a] & below;
    long stays = by > 0 ? Long.divideUnsigned(below - rest, by) + 1 : rest / -by + 1;
    set(id, now, 0, Math.min(reach[a], Math.max(1, stays)));
  }

  private void extend(int id, long now, Node.Extend n, int a) {
    int width = n.operand().width();
    long by = Evaluation.signed(width, step[a]);
    // As an unsigned number with the sign bit inverted, the smallest signed number is 0.
    long from = n.signed() ? value[a] ^ 1L << width - 1 : value[a];
    set(id, now, by, Math.min(reach[a], untilWrap(from, by, width)));
  }

  private void concat(int id, long now, int low, int a, int b) {
    long by = Evaluation.signed(low, step[b]);
    long until = Math.min(untilWrap(value[b], by, low), Math.min(reach[a], reach[b]));
    set(id, now, (step[a] << low) + by, until);
  }

  private void binary(int id, long now, BinaryOp op, int a, int b) {
    int width = loop.values[a].width();
    long both = Math.min(reach[a], reach[b]);
    switch (op) {
      case ADD -> set(id, now, step[a] + step[b], both);
      case SUB -> set(id, now, step[a] - step[b], both);
      case MUL -> {
        boolean isLinear = step[a] == 0 || step[b] == 0;
        set(id, now, isLinear ? step[a] * value[b] + step[b] * value[a] : 0, isLinear ? both : 1);
      }
      case EQ -> set(id, now, 0, Math.min(both, equalFor(a, b, width)));
      case ULT -> set(id, now, 0, Math.min(both, lessFor(a, b, width, 0)));
      case SLT -> set(id, now, 0, Math.min(both, lessFor(a, b, width, 1L << width - 1)));
      default -> set(id, now, 0, Math.min(constantFor(a), constantFor(b)));
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

  /** The inverse of an odd number modulo 2^64. */
  private static long inverse(long odd) {
    long x = odd;
    for (int i = 0; i < 5; i++) { // each round doubles the bits that are right, from 3
      x *= 2 - odd * x;
    }
    return x;
  }

  /**
   * For how many iterations a comparison stays the same.
   *
   * @param turn is inverted on both sides: the sign bit for signed numbers, else 0
   */
  private long lessFor(int a, int b, int width, long turn) {
    if (step[a] == 0 && step[b] == 0) {
      return ENDLESS;
    }
    long x = value[a] ^ turn;
    long y = value[b] ^ turn;
    if (step[b] == 0) {
      long by = Evaluation.signed(width, step[a]);
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
      long by = Evaluation.signed(width, step[b]);
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
