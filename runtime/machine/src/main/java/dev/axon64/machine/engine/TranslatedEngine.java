package dev.axon64.machine.engine;

import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;
import dev.axon64.machine.translate.RegionRun;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Executes hot code as translated regions, and all other code as the scalar engine does. Code
 * counts as hot by how often a branch leads to it.
 */
public final class TranslatedEngine implements Engine {
  /** Instructions that a region is given at a time. */
  private static final int MOST = 1 << 30;

  /** The register that holds where a function returns to. */
  private static final int LINK = 30;

  /** Calls that wait for one another. */
  private static final int MOST_CALLS = 60;

  private final PageDecisions decisions;
  private final Regions regions;
  private final Map<AddressSpace, CodeCache> caches = new WeakHashMap<>();
  private final RegionRun run = new Calls();
  private CodeCache cache;
  private AddressSpace memory;
  private long executed;
  private long translated;

  /** Whether a branch has led to the pc, or just the end of a budget. */
  private boolean branched = true;

  TranslatedEngine(PageDecisions decisions, Regions regions) {
    this.decisions = decisions;
    this.regions = regions;
  }

  @Override
  public long executed() {
    return executed;
  }

  /** Instructions that regions have executed, of all runs. */
  public long translated() {
    return translated;
  }

  @Override
  public void networkChanged() {
    decisions.forget();
    caches.values().forEach(CodeCache::forget);
  }

  private void attach(CpuState cpu) {
    if (cpu.memory != memory) {
      memory = cpu.memory;
      cache = caches.computeIfAbsent(memory, m -> new CodeCache(m, decisions, null, false));
    }
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    executed = 0;
    attach(cpu);
    while (executed < budget) {
      Stop stop;
      try {
        CodePage page = cache.at(cpu.pc);
        if ((cpu.pc & 3) != 0) {
          stop = new Stop.Trap(TrapKind.ALIGNMENT, cpu.pc);
        } else {
          stop = from(cpu, page, budget);
        }
      } catch (MemoryFault fault) {
        stop = new Stop.Fault(fault);
      }
      if (stop != null) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }

  /** Executes a region if there is one here, else until a branch is taken. */
  private Stop from(CpuState cpu, CodePage page, long budget) {
    // Where a function returns to is in its caller's region, so that it needs none of its own.
    boolean returned = cpu.pc == cpu.x[LINK];
    Regions.Entry entry = regions.at(page, cpu.pc, cache, branched && !returned);
    branched = true;
    if (entry == null) {
      return scalar(cpu, page, budget - executed);
    }
    long before = executed;
    enter(cpu, entry, budget - executed);
    translated += executed - before;
    if (run.reason == RegionRun.LEFT) {
      return null;
    }
    if (run.reason == RegionRun.BUDGET) {
      branched = false;
    }
    Stop stop =
        executed >= budget
            ? null
            : scalar(cpu, cache.at(cpu.pc), run.reason == RegionRun.UNABLE ? 1 : budget - executed);
    run.learn(memory);
    return stop;
  }

  /** Calls regions from regions, on the stack of the JVM. */
  private final class Calls extends RegionRun {
    private int depth;

    @Override
    public boolean call(CpuState cpu, long target, long back, int reserve) {
      cpu.pc = target;
      reason = LEFT;
      if (depth == MOST_CALLS) {
        return false;
      }
      depth++;
      left -= reserve;
      try {
        while (cpu.pc != back) {
          Regions.Entry entry = (cpu.pc & 3) == 0 ? region(cpu) : null;
          if (entry == null) {
            return false;
          }
          entry.region().run(entry.number(), cpu, this);
          if (reason != LEFT) {
            return false;
          }
        }
        return true;
      } finally {
        left += reserve;
        depth--;
      }
    }

    private Regions.Entry region(CpuState cpu) {
      return regions.at(cache.at(cpu.pc), cpu.pc, cache, true);
    }
  }

  private void enter(CpuState cpu, Regions.Entry entry, long budget) {
    int most = (int) Math.min(budget, MOST);
    run.left = most;
    run.reason = RegionRun.LEFT;
    try {
      entry.region().run(entry.number(), cpu, run);
    } catch (GuestTrap | MemoryFault stopped) {
      // The instruction has changed no register, so that the scalar engine meets the same.
      run.reason = RegionRun.UNABLE;
    }
    executed += most - run.left;
  }

  /**
   * Executes one instruction after the other inside a page; null when a branch is taken, the page
   * is left or has changed, or the budget is used up.
   */
  private Stop scalar(CpuState cpu, CodePage page, long budget) {
    long pc = cpu.pc;
    long left = budget;
    long base = page.address;
    int[] steps = page.steps;
    int[] words = page.words;
    boolean watched = memory.isWatchedForTouches();
    try {
      long next = pc;
      do {
        pc = next;
        int index = (int) (pc - base) >>> 2;
        int step = steps[index];
        if (watched) {
          cpu.pc = pc;
        }
        next = Kernels.execute(step >> 16, (short) step, cpu, words[index], pc);
        left--;
      } while (next == pc + 4 && (next & 0xfff) != 0 && left > 0 && page.valid);
      cpu.pc = next;
      executed += budget - left;
      return null;
    } catch (GuestTrap trap) {
      return trapped(cpu, page, pc, budget - left, trap);
    } catch (MemoryFault fault) {
      cpu.pc = pc;
      executed += budget - left;
      return new Stop.Fault(fault);
    }
  }

  private Stop trapped(CpuState cpu, CodePage page, long pc, long done, GuestTrap trap) {
    Stop stop = page.stopped(cpu, pc, trap);
    executed += done + (stop instanceof Stop.SystemCall ? 1 : 0);
    return stop;
  }
}
