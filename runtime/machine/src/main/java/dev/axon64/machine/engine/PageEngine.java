package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The scalar engine with dispatch by page: the network decides a whole page of code in one batch
 * when it is first executed, and again after it was written.
 */
public final class PageEngine implements Engine {
  private final PageDecisions decisions;
  private final Map<AddressSpace, CodeCache> caches = new WeakHashMap<>();
  private CodeCache cache;
  private AddressSpace memory;
  private final Profile profile;
  private final HotLoops loops;
  private final LoopSampling sampling;
  private long executed;

  /** The instructions executed since hot loops were last asked, without those of this run. */
  private long since;

  private int word;

  /**
   * @param dispatcher the network
   */
  public PageEngine(Dispatcher dispatcher) {
    this(new PageDecisions(dispatcher), null, null);
  }

  /**
   * @param decisions the network, with what it has decided already
   * @param profile counts what is executed; null if that is not needed, which is faster
   * @param loops takes over hot loops; null if nothing does
   */
  PageEngine(PageDecisions decisions, Profile profile, HotLoops loops) {
    this.decisions = decisions;
    this.profile = profile;
    this.loops = loops;
    this.sampling = loops == null ? null : new LoopSampling(loops.beginning());
  }

  @Override
  public long executed() {
    return executed;
  }

  @Override
  public void networkChanged() {
    decisions.forget();
    caches.values().forEach(CodeCache::forget);
  }

  /** The answer of {@link #peek} where no instruction can be fetched. */
  static final int NOTHING = -1 << 24;

  /**
   * Returns the step of the next instruction, whose word is {@link #word()}; see {@link
   * CodePage#steps}.
   */
  int peek(CpuState cpu) {
    attach(cpu);
    if ((cpu.pc & 3) != 0) {
      return NOTHING;
    }
    try {
      CodePage page = cache.at(cpu.pc);
      int index = (int) (cpu.pc - page.address) >>> 2;
      word = page.words[index];
      return page.steps[index];
    } catch (MemoryFault fault) {
      return NOTHING;
    }
  }

  int word() {
    return word;
  }

  private void attach(CpuState cpu) {
    if (cpu.memory != memory) {
      memory = cpu.memory;
      cache =
          caches.computeIfAbsent(memory, m -> new CodeCache(m, decisions, profile, loops != null));
    }
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    since += executed;
    executed = 0;
    attach(cpu);
    if (loops == null) {
      Stop stop = slice(cpu, budget, budget, false);
      return stop == null ? Stop.BUDGET : stop;
    }
    while (executed < budget) {
      long before = executed;
      Stop stop;
      if (sampling.samples()) {
        stop = sample(cpu, budget);
      } else {
        long end = before + Math.min(budget - before, sampling.most());
        stop = slice(cpu, end, budget, sampling.counts());
        sampling.executed(executed - before);
      }
      if (stop != null) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }

  /**
   * Executes up to and with the next branch back, if it is not far. It does so by the method that
   * executes everything else, since one that is used so rarely would not be compiled for long.
   */
  private Stop sample(CpuState cpu, long budget) {
    int stands = sampling.sampled();
    long end = Math.min(budget, executed + LoopSampling.SAMPLE);
    try {
      while (executed < end) {
        if ((cpu.pc & 3) != 0) {
          return new Stop.Trap(TrapKind.ALIGNMENT, cpu.pc);
        }
        long pc = cpu.pc;
        CodePage page = cache.at(pc);
        Stop stop = page(cpu, page, 1);
        if (stop != null) {
          return stop;
        }
        if (cpu.pc - pc <= 0) {
          ask(cpu, page, CodePage.index(pc), budget - executed, stands);
          return null;
        }
      }
      return null;
    } catch (MemoryFault fault) {
      return new Stop.Fault(fault);
    }
  }

  /** Asks whether a loop is to be applied whose branch has led back. */
  private void ask(CpuState cpu, CodePage page, int index, long budget, int sampled) {
    long branch = page.address + index * 4L;
    long applied = loops.hot(cpu, branch, budget, since + executed, sampled);
    sampling.applied(applied);
    sampling.count(loops.closely());
    executed += applied;
    since = -executed;
    page.patience[index] = loops.patience();
  }

  /**
   * Executes up to an end, and returns null when it is reached.
   *
   * @param end how many instructions of this run are executed then
   * @param budget how many may be executed in this run with those that loops apply
   * @param counts whether branches back are counted
   */
  private Stop slice(CpuState cpu, long end, long budget, boolean counts) {
    try {
      Stop stop = null;
      while (stop == null && executed < end) {
        if ((cpu.pc & 3) != 0) {
          return new Stop.Trap(TrapKind.ALIGNMENT, cpu.pc);
        }
        CodePage page = cache.at(cpu.pc);
        long most = end - executed;
        stop = counts ? counting(cpu, page, most, budget - executed) : page(cpu, page, most);
      }
      return stop;
    } catch (MemoryFault fault) {
      return new Stop.Fault(fault);
    }
  }

  /**
   * Runs inside one page, and returns null when the guest leaves it, the page has changed, or the
   * budget is used up.
   */
  private Stop page(CpuState cpu, CodePage page, long budget) {
    long pc = cpu.pc;
    long left = budget;
    long base = page.address;
    int[] steps = page.steps;
    int[] words = page.words;
    long[] executions = page.executions;
    boolean watched = memory.isWatchedForTouches();
    long offset = pc - base;
    try {
      do {
        int index = (int) (offset >>> 2);
        int step = steps[index];
        if (watched) {
          cpu.pc = pc;
        }
        pc = Kernels.execute(step >> 16, (short) step, cpu, words[index], pc);
        left--;
        if (executions != null) {
          executions[index]++;
        }
        offset = pc - base;
      } while ((offset & ~0xffcL) == 0 && left > 0 && page.valid);
      cpu.pc = pc;
      executed += budget - left;
      return null;
    } catch (GuestTrap trap) {
      return trapped(cpu, page, pc, budget - left, trap);
    } catch (MemoryFault fault) {
      return faulted(cpu, pc, budget - left, fault);
    }
  }

  /**
   * The same, and counts branches back. It is a method of its own, since the JVM's compiler makes
   * the other one slower if it sees both done in one.
   *
   * @param most how many instructions to execute at most
   * @param budget how many a loop may apply, together with those that were executed
   */
  private Stop counting(CpuState cpu, CodePage page, long most, long budget) {
    long pc = cpu.pc;
    long left = most;
    long base = page.address;
    int[] steps = page.steps;
    int[] words = page.words;
    long[] executions = page.executions;
    int[] patience = page.patience;
    int hot = -1;
    boolean watched = memory.isWatchedForTouches();
    long offset = pc - base;
    try {
      do {
        int index = (int) (offset >>> 2);
        int step = steps[index];
        if (watched) {
          cpu.pc = pc;
        }
        pc = Kernels.execute(step >> 16, (short) step, cpu, words[index], pc);
        left--;
        if (executions != null) {
          executions[index]++;
        }
        offset = pc - base;
        if (offset <= index * 4L && --patience[index] == 0) {
          hot = index;
          break;
        }
      } while ((offset & ~0xffcL) == 0 && left > 0 && page.valid);
      cpu.pc = pc;
      long done = most - left;
      executed += done;
      if (hot >= 0) {
        ask(cpu, page, hot, budget - done, 0);
      }
      return null;
    } catch (GuestTrap trap) {
      return trapped(cpu, page, pc, most - left, trap);
    } catch (MemoryFault fault) {
      return faulted(cpu, pc, most - left, fault);
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
