package dev.axon64.machine.engine;

import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.translate.RegionRun;

/** Lets regions execute, and call each other on the stack of the JVM. */
final class RegionCalls extends RegionRun {
  /** The register that holds where a function returns to. */
  private static final int LINK = 30;

  /** Instructions that a region is given at a time. */
  private static final int MOST = 1 << 30;

  /** Calls that wait for one another. */
  private static final int MOST_CALLS = 60;

  private final Regions regions;
  private CodeCache cache;
  private RecentEntries recent;
  private int depth;

  RegionCalls(Regions regions) {
    this.regions = regions;
  }

  /** Executes regions of this code from now on. */
  void attach(CodeCache newCache, RecentEntries newRecent) {
    forgetMiss();
    cache = newCache;
    recent = newRecent;
  }

  /** Takes note of instructions that the guest has executed. */
  void executed(long instructions) {
    regions.executed(instructions);
  }

  /**
   * Executes a region. The reason why it was left is kept.
   *
   * @return the instructions executed
   */
  long enter(RegionEntry entry, CpuState cpu, long budget) {
    int most = (int) Math.min(budget, MOST);
    left = most;
    reason = LEFT;
    try {
      entry.region.run(entry.number, cpu, this);
    } catch (GuestTrap | MemoryFault stopped) {
      // The instruction has changed no register, so that the scalar engine meets the same.
      reason = REFUSED;
    }
    if (reason == JUMPED && !hasReturned(cpu, cpu.pc)) {
      regions.missed(entry, from, cpu.pc, cache);
    }
    return most - left;
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
        RegionEntry entry = entry(cpu.pc);
        if (entry == null) {
          reason = ELSEWHERE;
          return false;
        }
        entry.region.run(entry.number, cpu, this);
        if (!wentOn()) {
          return false;
        }
        if (reason == JUMPED && cpu.pc != back) {
          regions.missed(entry, from, cpu.pc, cache);
        }
      }
      return true;
    } finally {
      left += reserve;
      depth--;
    }
  }

  private RegionEntry entry(long pc) {
    RegionEntry entry = recent.at(pc);
    return entry != null || (pc & 3) != 0 ? entry : found(cache.at(pc), pc, true, Regions.UNKNOWN);
  }

  /**
   * The region that is entered at an address, as those remember who made it.
   *
   * @param branched whether a branch has led there
   * @param branch its address, or {@link Regions#UNKNOWN}
   * @return null for none
   */
  RegionEntry found(CodePage page, long pc, boolean branched, long branch) {
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
