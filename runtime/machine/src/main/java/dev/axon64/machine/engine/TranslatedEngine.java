package dev.axon64.machine.engine;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;
import dev.axon64.machine.translate.RegionRun;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongPredicate;

/**
 * Executes hot code as translated regions, and all other code as the scalar engine does. Code
 * counts as hot by how often a branch leads to it.
 */
public final class TranslatedEngine implements Engine {
  private final PageDecisions decisions;
  private final RegionCalls calls;
  private final ScalarSteps steps;
  private final Map<AddressSpace, Code> known = new WeakHashMap<>();
  private Code code;
  private AddressSpace memory;
  private LongPredicate aside = page -> false;
  private long executed;

  TranslatedEngine(PageDecisions decisions, Regions regions) {
    this.decisions = decisions;
    this.steps = new ScalarSteps(regions);
    this.calls = new RegionCalls(regions, steps);
  }

  @Override
  public long executed() {
    return executed;
  }

  /** Instructions that regions have executed, of all runs. */
  public long translated() {
    return calls.translated();
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
      code = known.computeIfAbsent(memory, this::codeOf);
      calls.attach(code.cache, code.recent);
    }
  }

  private Code codeOf(AddressSpace of) {
    CodeCache cache = new CodeCache(of, decisions, null, false);
    cache.stepAside(aside);
    return new Code(cache, new RecentEntries());
  }

  @Override
  public boolean stepAside(LongPredicate pages) {
    aside = pages;
    known.values().forEach(each -> each.cache.stepAside(pages));
    return true;
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
    steps.cameBy(false);
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
    RegionEntry entry = calls.at(page, cpu);
    return entry == null ? scalar(cpu, page, budget - executed) : region(cpu, entry, budget);
  }

  private Stop region(CpuState cpu, RegionEntry entry, long budget) {
    executed += calls.enter(entry, cpu, budget - executed);
    // Where a region was merely interrupted is in the region, and needs none of its own.
    boolean left = calls.reason != RegionRun.BUDGET && calls.reason != RegionRun.REFUSED;
    steps.cameBy(left);
    if (executed >= budget || left && calls.reason != RegionRun.UNABLE) {
      return null;
    }
    Stop stop;
    try {
      stop = scalar(cpu, code.cache.at(cpu.pc), left ? 1 : budget - executed);
    } catch (MemoryFault fault) {
      stop = new Stop.Fault(fault);
    }
    calls.learn(memory);
    return stop;
  }

  /** Executes one instruction after the other for a while; null if the guest can go on. */
  private Stop scalar(CpuState cpu, CodePage page, long budget) {
    Stop stop = null;
    int more = 0;
    try {
      steps.run(cpu, page, budget);
    } catch (GuestTrap trap) {
      stop = page.stopped(cpu, cpu.pc, trap);
      more = stop instanceof Stop.SystemCall ? 1 : 0;
    } catch (MemoryFault fault) {
      stop = new Stop.Fault(fault);
    }
    executed += steps.done() + more;
    return stop;
  }
}
