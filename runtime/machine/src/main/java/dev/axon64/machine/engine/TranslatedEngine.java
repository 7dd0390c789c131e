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
  private final PageDecisions decisions;
  private final RegionCalls calls;
  private final HeatSampling sampling;
  private final Map<AddressSpace, Code> known = new WeakHashMap<>();
  private Code code;
  private AddressSpace memory;
  private long executed;
  private long translated;

  /** Whether a branch has led to the pc, or the guest has just not got farther in a region. */
  private boolean branched = true;

  /** The branch that has led to the pc, or {@link Regions#UNKNOWN}. */
  private long branch = Regions.UNKNOWN;

  TranslatedEngine(PageDecisions decisions, Regions regions) {
    this.decisions = decisions;
    this.calls = new RegionCalls(regions);
    this.sampling = regions.sampling();
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
    known.values().forEach(each -> each.cache.forget());
  }

  /** The code of an address space. */
  private record Code(CodeCache cache, RecentEntries recent) {}

  private void attach(CpuState cpu) {
    if (cpu.memory != memory) {
      memory = cpu.memory;
      code =
          known.computeIfAbsent(
              memory, m -> new Code(new CodeCache(m, decisions, null, false), new RecentEntries()));
      calls.attach(code.cache, code.recent);
    }
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    executed = 0;
    attach(cpu);
    while (executed < budget) {
      Stop stop = further(cpu, budget);
      if (stop != null) {
        return stop;
      }
    }
    branched = false;
    return Stop.BUDGET;
  }

  /** Executes a region if there is one, else one instruction after the other for a while. */
  private Stop further(CpuState cpu, long budget) {
    if ((cpu.pc & 3) != 0) {
      return new Stop.Trap(TrapKind.ALIGNMENT, cpu.pc);
    }
    CodePage page;
    try {
      page = code.cache.at(cpu.pc);
    } catch (MemoryFault fault) {
      return new Stop.Fault(fault);
    }
    // Where a function returns to is in its caller's region, so that it needs none of its own.
    boolean hot = branched && sampling.counts() && !RegionCalls.hasReturned(cpu, cpu.pc);
    branched = true;
    int index = CodePage.index(cpu.pc);
    if (page.markedSteps()[index] < 0 || hot && !page.entries().counts(index)) {
      RegionEntry entry = calls.found(page, cpu.pc, hot, branch);
      if (entry != null) {
        return region(cpu, entry, budget);
      }
    }
    return scalar(cpu, page, budget - executed);
  }

  private Stop region(CpuState cpu, RegionEntry entry, long budget) {
    long done = calls.enter(entry, cpu, budget - executed);
    executed += done;
    translated += done;
    calls.executed(done);
    branch = Regions.UNKNOWN;
    // Where a region was merely interrupted is in the region, and needs none of its own.
    branched = calls.reason != RegionRun.BUDGET && calls.reason != RegionRun.REFUSED;
    if (executed >= budget || branched && calls.reason != RegionRun.UNABLE) {
      return null;
    }
    Stop stop;
    try {
      stop = scalar(cpu, code.cache.at(cpu.pc), branched ? 1 : budget - executed);
    } catch (MemoryFault fault) {
      stop = new Stop.Fault(fault);
    }
    calls.learn(memory);
    return stop;
  }

  /**
   * Executes one instruction after the other inside a page; null when the guest comes to a region
   * or leaves the page, the page has changed, there is something to decide, or the budget is used
   * up.
   */
  private Stop scalar(CpuState cpu, CodePage page, long budget) {
    long most = Math.min(budget, sampling.most());
    long before = executed;
    Stop stop = sampling.counts() ? counting(cpu, page, most) : plain(cpu, page, most);
    calls.executed(executed - before);
    branched = executed - before < most;
    return stop;
  }

  private Stop plain(CpuState cpu, CodePage page, long budget) {
    long pc = cpu.pc;
    long left = budget;
    long base = page.address;
    int[] steps = page.markedSteps();
    int[] words = page.words;
    boolean watched = memory.isWatchedForTouches();
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
      cpu.pc = pc;
      executed += budget - left;
      branch = Regions.UNKNOWN;
      return null;
    } catch (GuestTrap trap) {
      return trapped(cpu, page, pc, budget - left, trap);
    } catch (MemoryFault fault) {
      return faulted(cpu, pc, budget - left, fault);
    }
  }

  /** The same, and counts where branches lead; a method of its own, so that the other is fast. */
  private Stop counting(CpuState cpu, CodePage page, long budget) {
    long pc = cpu.pc;
    long next = pc;
    long left = budget;
    long base = page.address;
    int[] steps = page.markedSteps();
    int[] words = page.words;
    Regions.Entries entries = page.entries();
    boolean watched = memory.isWatchedForTouches();
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
      cpu.pc = next;
      executed += budget - left;
      branch = pc;
      return null;
    } catch (GuestTrap trap) {
      return trapped(cpu, page, pc, budget - left, trap);
    } catch (MemoryFault fault) {
      return faulted(cpu, pc, budget - left, fault);
    }
  }

  private Stop faulted(CpuState cpu, long pc, long done, MemoryFault fault) {
    cpu.pc = pc;
    executed += done;
    return new Stop.Fault(fault);
  }

  private Stop trapped(CpuState cpu, CodePage page, long pc, long done, GuestTrap trap) {
    Stop stop = page.stopped(cpu, pc, trap);
    executed += done + (stop instanceof Stop.SystemCall ? 1 : 0);
    return stop;
  }
}
