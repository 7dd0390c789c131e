package dev.axon64.machine.engine;

import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;

/**
 * Executes what is in no region, one instruction after the other, and counts where branches lead
 * for some of the time.
 */
final class ScalarSteps {
  private final Regions regions;
  private final HeatSampling sampling;
  private long done;
  private boolean branched = true;
  private long branch = Regions.UNKNOWN;

  ScalarSteps(Regions regions) {
    this.regions = regions;
    this.sampling = regions.sampling();
  }

  /** The instructions that the last call has executed. */
  long done() {
    return done;
  }

  /** Whether the pc may be one that a branch has led to, so that it is to be counted. */
  boolean branched() {
    return branched && sampling.counts();
  }

  /** The branch that has led to the pc, or {@link Regions#UNKNOWN}. */
  long branch() {
    return branch;
  }

  /** Notes how the guest has come to its pc otherwise than by these steps. */
  void cameBy(boolean aBranch) {
    branched = aBranch;
    branch = Regions.UNKNOWN;
  }

  /**
   * Executes instructions inside a page, until the guest comes to a marked one, leaves the page,
   * the page has changed, there is something to decide, or the budget is used up.
   *
   * @param page the page at the pc
   * @throws GuestTrap as the instruction at the pc throws it, which has changed nothing
   * @throws MemoryFault likewise
   */
  void run(CpuState cpu, CodePage page, long budget) {
    long most = Math.min(budget, sampling.most());
    done = 0;
    try {
      if (sampling.counts()) {
        counting(cpu, page, most);
      } else {
        plain(cpu, page, most);
      }
    } finally {
      branched = done < most;
      regions.executed(done);
    }
  }

  private void plain(CpuState cpu, CodePage page, long budget) {
    long pc = cpu.pc;
    long left = budget;
    long base = page.address;
    int[] steps = page.markedSteps();
    int[] words = page.words;
    boolean watched = cpu.memory.isWatchedForTouches();
    int index = CodePage.index(pc);
    int step = page.steps[index];
    try {
      do {
        if (watched) {
          cpu.pc = pc;
        }
        pc = Kernels.execute(step >> 16, (short) step, cpu, words[index], pc);
        left--;
        long offset = pc - base;
        if ((offset & ~0xffcL) != 0) {
          break;
        }
        index = (int) offset >>> 2;
        step = steps[index];
      } while (step >= 0 && left > 0 && page.valid);
      branch = Regions.UNKNOWN;
    } finally {
      cpu.pc = pc;
      done = budget - left;
    }
  }

  /** The same, and counts where branches lead; a method of its own, so that the other is fast. */
  private void counting(CpuState cpu, CodePage page, long budget) {
    long pc = cpu.pc;
    long next = pc;
    long left = budget;
    long base = page.address;
    int[] steps = page.markedSteps();
    int[] words = page.words;
    Regions.Entries entries = page.entries();
    boolean watched = cpu.memory.isWatchedForTouches();
    int index = CodePage.index(pc);
    int step = page.steps[index];
    try {
      do {
        pc = next;
        if (watched) {
          cpu.pc = pc;
        }
        next = Kernels.execute(step >> 16, (short) step, cpu, words[index], pc);
        left--;
        long offset = next - base;
        if ((offset & ~0xffcL) != 0) {
          break;
        }
        index = (int) offset >>> 2;
        step = steps[index];
        if (next != pc + 4 && !RegionCalls.hasReturned(cpu, next) && !entries.counts(index)) {
          break;
        }
      } while (step >= 0 && left > 0 && page.valid);
      branch = pc;
      pc = next;
    } finally {
      cpu.pc = pc;
      done = budget - left;
    }
  }
}
