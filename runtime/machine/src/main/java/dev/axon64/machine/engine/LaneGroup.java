package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.kernel.LaneKernels;
import dev.axon64.machine.lane.LaneState;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;
import java.util.Arrays;

/**
 * Up to 64 guests on one host thread. Those at the lowest address go first, until they meet others
 * or part. Guests that took different ways through a loop or an {@code if} thus come together again
 * where the ways end, which in compiled code is at a higher address.
 */
final class LaneGroup {
  /** The number of instructions between two checks of the budgets. */
  private static final long STRIDE = 1 << 20;

  /** The longest patience of one lane after which the other lanes are still asked. */
  private static final int WORTH_ASKING = 64;

  private final LaneState state = new LaneState();
  private final LaneCode code;
  private final HotLoops loops;
  private final long[] done = new long[LaneState.LANES];
  private final Stop[] stops = new Stop[LaneState.LANES];
  private long budget;
  private long running;
  private long steps;
  private long laneSteps;

  /** The guests of this run; their registers are current only while hot loops are asked. */
  private CpuState[] guests;

  /** {@link #laneSteps} when hot loops were last asked. */
  private long asked;

  /**
   * @param loops takes over hot loops; null if nothing does
   */
  LaneGroup(Dispatcher dispatcher, HotLoops loops) {
    this.code = new LaneCode(dispatcher, state, loops != null);
    this.loops = loops;
  }

  /** The number of words that the network has decided. */
  long evaluations() {
    return code.evaluations();
  }

  /**
   * The number of instructions executed, each counted once for all lanes that executed it together.
   */
  long steps() {
    return steps;
  }

  /** The number of instructions executed, each counted for every lane. */
  long laneSteps() {
    return laneSteps;
  }

  /** The number of instructions that a lane completed in the last run. */
  long done(int lane) {
    return done[lane];
  }

  /**
   * Runs guests until each has stopped.
   *
   * @param cpus by lane; null where there is none
   * @param most instructions for each
   * @return why each lane stopped
   */
  Stop[] run(CpuState[] cpus, long most) {
    budget = most;
    guests = cpus;
    running = 0;
    Arrays.fill(done, 0);
    Arrays.fill(stops, null);
    for (int lane = 0; lane < cpus.length; lane++) {
      if (cpus[lane] != null) {
        boolean fresh = state.memory.of(lane) != cpus[lane].memory;
        state.load(lane, cpus[lane]);
        if (fresh) {
          code.attach(lane);
        }
        running |= 1L << lane;
      }
    }
    while (running != 0) {
      cohort();
    }
    for (int lane = 0; lane < cpus.length; lane++) {
      if (cpus[lane] != null) {
        state.store(lane, cpus[lane]);
      }
    }
    return stops.clone();
  }

  /** Runs the guests at the lowest address until they part or meet others. */
  private void cohort() {
    int lead = lead();
    long pc = state.pc[lead];
    int program = code.program(lead);
    long mask = 0;
    long meeting = -1;
    long most = 0;
    for (long left = running; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      if (state.pc[lane] == pc && code.program(lane) == program) {
        mask |= 1L << lane;
        most = Math.max(most, done[lane]);
      } else if (Long.compareUnsigned(state.pc[lane], meeting) < 0) {
        meeting = state.pc[lane];
      }
    }
    if (most >= budget) {
      stopSpent(mask);
      return;
    }
    together(lead, mask, pc, meeting, Math.min(budget - most, STRIDE));
  }

  private int lead() {
    int lead = Long.numberOfTrailingZeros(running);
    for (long left = running & running - 1; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      if (Long.compareUnsigned(state.pc[lane], state.pc[lead]) < 0) {
        lead = lane;
      }
    }
    return lead;
  }

  private void together(int lead, long mask, long start, long meeting, long allowed) {
    long pc = start;
    long count = 0;
    CodePage hotPage = null;
    int hot = 0;
    try {
      loop:
      do {
        if ((pc & 3) != 0) {
          throw new GuestTrap(TrapKind.ALIGNMENT, pc);
        }
        CodePage page = code.at(lead, pc, running);
        if (code.takeChanged()) {
          break;
        }
        long end = page.address;
        do {
          int index = (int) (pc - end) >>> 2;
          int step = page.steps[index];
          long next =
              LaneKernels.execute(
                  CodePage.kernel(step),
                  CodePage.instruction(step),
                  state,
                  page.words[index],
                  pc,
                  mask);
          count++;
          if (next == LaneState.SCATTERED || state.stopped != 0) {
            part(mask, next, count);
            return;
          }
          boolean back = next <= pc;
          pc = next;
          if (back && page.patience != null && --page.patience[index] == 0) {
            hotPage = page;
            hot = index;
            break loop;
          }
        } while ((pc - end & ~0xffcL) == 0
            && count < allowed
            && Long.compareUnsigned(pc, meeting) < 0
            && !code.takeChanged());
      } while (count < allowed && Long.compareUnsigned(pc, meeting) < 0);
    } catch (GuestTrap | MemoryFault e) {
      for (long left = mask; left != 0; left &= left - 1) {
        state.stop(Long.numberOfTrailingZeros(left), pc, e);
      }
      part(mask, pc, count + 1);
      return;
    }
    settle(mask, pc, count);
    if (hotPage != null) {
      hotPage.patience[hot] = hot(mask, hotPage.address + hot * 4L);
    }
  }

  /**
   * Lets hot loops be taken over lane by lane, since each has its own counts and memory.
   *
   * @return how often the branch must lead back before they are asked again
   */
  private int hot(long mask, long branch) {
    int least = HotLoops.NEVER;
    for (long left = mask; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      CpuState cpu = guests[lane];
      state.store(lane, cpu);
      long applied = loops.hot(cpu, branch, budget - done[lane], laneSteps - asked, 0);
      asked = laneSteps;
      if (applied > 0) {
        done[lane] += applied;
        state.load(lane, cpu);
      }
      least = Math.min(least, loops.patience());
      if (applied == 0 && loops.patience() > WORTH_ASKING) {
        break;
      }
    }
    return least;
  }

  private void settle(long mask, long pc, long count) {
    for (long left = mask; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      state.pc[lane] = pc;
      done[lane] += count;
    }
    steps += count;
    laneSteps += count * Long.bitCount(mask);
  }

  /** Goes on after an instruction that sent lanes different ways or stopped some. */
  private void part(long mask, long next, long count) {
    for (long left = mask; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      done[lane] += count;
      if ((state.stopped >>> lane & 1) != 0) {
        stopped(lane);
      } else if (next != LaneState.SCATTERED) {
        state.pc[lane] = next;
      }
    }
    steps += count;
    laneSteps += count * Long.bitCount(mask);
    state.stopped = 0;
  }

  private void stopped(int lane) {
    RuntimeException why = state.stops[lane];
    state.stops[lane] = null;
    done[lane]--;
    if (why instanceof MemoryFault fault) {
      stop(lane, new Stop.Fault(fault));
      return;
    }
    GuestTrap trap = (GuestTrap) why;
    int kernel = trap.kind.equals(TrapKind.MISDISPATCH) ? kernel(lane) : 0;
    Stop stop = Stop.of(trap, (int) trap.argument, kernel);
    if (stop instanceof Stop.SystemCall) {
      state.pc[lane] += 4;
      done[lane]++;
    }
    stop(lane, stop);
  }

  /** Returns the network's answer for the word that a lane is at. */
  private int kernel(int lane) {
    CodePage page = code.at(lane, state.pc[lane], 1L << lane);
    return CodePage.kernel(page.steps[(int) (state.pc[lane] - page.address) >>> 2]);
  }

  /** Stops the lanes whose budget is used up. */
  private void stopSpent(long mask) {
    for (long left = mask; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      if (done[lane] >= budget) {
        stop(lane, Stop.BUDGET);
      }
    }
  }

  private void stop(int lane, Stop stop) {
    stops[lane] = stop;
    running &= ~(1L << lane);
  }
}
