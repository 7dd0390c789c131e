package dev.axon64.machine.engine;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.translate.RegionRun;

/** Lets regions execute, and call each other on the stack of the JVM. */
final class RegionCalls extends RegionRun {
  /** Instructions that a region is given at a time. */
  private static final int MOST = 1 << 30;

  /** Instructions that a region must execute until it has saved the time to enter it. */
  private static final int ENTERING = 8;

  /** Instructions after which no further region is entered at once. */
  private static final int IN_A_ROW = 1 << 14;

  /** Calls that wait for one another. */
  private static final int MOST_CALLS = 60;

  /** How often one may be made that waits for too many, before all are left. */
  private static final int MOST_TOO_DEEP = 1 << 16;

  private final Regions regions;
  private final ScalarSteps steps;
  private CodeCache cache;
  private RecentEntries recent;
  private int depth;
  private int tooDeep;

  /** Whether all that wait are to be left. */
  private boolean unwinds;

  /** How often code had changed when the first of those that wait was entered. */
  private long drops;

  private long translated;

  /**
   * @param steps executes what is in no region
   */
  RegionCalls(Regions regions, ScalarSteps steps) {
    this.regions = regions;
    this.steps = steps;
  }

  /** Executes regions of this code from now on. */
  void attach(CodeCache newCache, RecentEntries newRecent) {
    forgetMiss();
    cache = newCache;
    recent = newRecent;
  }

  /** Instructions that regions have executed so far. */
  long translated() {
    return translated;
  }

  /**
   * Executes a region, and those that it leads to one after the other. The reason why the last one
   * was left is kept.
   *
   * @return the instructions executed
   */
  long enter(RegionEntry entry, CpuState cpu, long budget) {
    int most = (int) Math.min(budget, MOST);
    left = most;
    reason = LEFT;
    unwinds = false;
    tooDeep = 0;
    drops = cache.drops();
    long before = outside;
    try {
      RegionEntry next = entry;
      do {
        next.region.run(next.number, cpu, this);
        if (reason == JUMPED) {
          jumped(next, cpu);
        }
        next = wentOn() && most - left < IN_A_ROW ? recent.at(cpu.pc) : null;
      } while (next != null);
    } catch (GuestTrap | MemoryFault stopped) {
      // The instruction has changed no register, so that the scalar engine meets the same.
      reason = REFUSED;
    }
    long done = most - left;
    long inside = done - (outside - before);
    translated += inside;
    regions.executed(inside);
    regions.saved(inside - ENTERING);
    return done;
  }

  /** A region must not go on in those that called it, so that it does not learn where they are. */
  private void jumped(RegionEntry entry, CpuState cpu) {
    if (!hasReturned(cpu, cpu.pc)) {
      regions.missed(entry, from, cpu.pc, cache);
    }
  }

  /** Whether the region was left for another place, where the guest can go on at once. */
  private boolean wentOn() {
    return reason == LEFT || reason == JUMPED;
  }

  /**
   * Whether the guest seems to have come back from a function when a branch leads to an address.
   */
  static boolean hasReturned(CpuState cpu, long pc) {
    return pc == cpu.x[LINK];
  }

  @Override
  public boolean call(CpuState cpu, long target, long back, int reserve) {
    cpu.pc = target;
    reason = ELSEWHERE;
    if (depth == MOST_CALLS) {
      return false;
    }
    depth++;
    left -= reserve;
    try {
      while (cpu.pc != back) {
        RegionEntry entry = recent.at(cpu.pc);
        if (entry == null) {
          if (!goesOnOutside(cpu, back)) {
            return false;
          }
        } else {
          entry.region.run(entry.number, cpu, this);
          if (!wentOn()) {
            if (!goesOn(cpu, back)) {
              return false;
            }
          } else if (reason == JUMPED && cpu.pc != back) {
            jumped(entry, cpu);
          }
        }
      }
      return true;
    } finally {
      left += reserve;
      depth--;
    }
  }

  /**
   * Goes on after a region was left other than for another place, so that those that wait for it
   * are not left as well.
   *
   * @return false if they are to be left, too
   */
  private boolean goesOn(CpuState cpu, long back) {
    if (reason == ELSEWHERE) {
      // A guest that has changed its stack never comes back to those that wait.
      unwinds |= ++tooDeep == MOST_TOO_DEEP;
      return !unwinds;
    }
    if (reason == BUDGET || left <= 0) {
      return cpu.pc == back;
    }
    steps.cameBy(reason == UNABLE);
    step(cpu, back, reason == UNABLE ? 1 : left);
    learn(cpu.memory);
    return isStillKnown();
  }

  /**
   * Executes what is in no region until the guest comes to one, or back to a caller.
   *
   * @return false if the guest has to leave those that wait
   */
  private boolean goesOnOutside(CpuState cpu, long back) {
    steps.cameBy(true);
    boolean counts = true;
    while (cpu.pc != back) {
      if ((cpu.pc & 3) != 0) {
        return leaveAll(ELSEWHERE);
      }
      boolean hot = counts && !hasReturned(cpu, cpu.pc);
      if (found(cache.at(cpu.pc), cpu.pc, hot, steps.branch()) != null) {
        return true;
      }
      if (left <= 0) {
        return leaveAll(BUDGET);
      }
      step(cpu, back, left);
      if (!isStillKnown()) {
        return false;
      }
      counts = steps.branched();
    }
    return true;
  }

  /** Executes instructions until there is something to decide. */
  private void step(CpuState cpu, long back, long budget) {
    CodePage page = cache.at(cpu.pc);
    // The guest is to be noticed when it comes back.
    if (page.address == (back & -AddressSpace.PAGE)) {
      page.mark(CodePage.index(back), true);
    }
    try {
      steps.run(cpu, page, budget);
    } finally {
      left -= (int) steps.done();
      outside += steps.done();
    }
  }

  /** Whether those that wait have the code that is in memory. */
  private boolean isStillKnown() {
    return drops == cache.drops() || leaveAll(ELSEWHERE);
  }

  private boolean leaveAll(int why) {
    reason = why;
    unwinds = true;
    return false;
  }

  /**
   * The region that is entered where the guest is; asks for one if a branch has led there.
   *
   * @return null for none
   */
  RegionEntry at(CodePage page, CpuState cpu) {
    // Where a function returns to is in its caller's region, so that it needs none of its own.
    boolean hot = steps.branched() && !hasReturned(cpu, cpu.pc);
    long branch = steps.branch();
    steps.cameBy(true);
    int index = CodePage.index(cpu.pc);
    boolean decides = page.markedSteps()[index] < 0 || hot && !page.entries().counts(index);
    return decides ? found(page, cpu.pc, hot, branch) : null;
  }

  /**
   * The region that is entered at an address, as those remember who made it.
   *
   * @param branched whether a branch has led there
   * @param branch its address, or {@link Regions#UNKNOWN}
   * @return null for none
   */
  private RegionEntry found(CodePage page, long pc, boolean branched, long branch) {
    RegionEntry entry = regions.at(page, pc);
    if (entry == null && branched) {
      entry = regions.heat(page, pc, branch, cache);
    }
    if (entry != null) {
      recent.remember(entry);
    }
    return entry;
  }
}
