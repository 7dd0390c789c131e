package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Dispatches by page as the {@link PageEngine} does, and calls {@link Probes} before the
 * instructions that they choose; others cost hardly more than without. If a probe throws, the state
 * is that before the instruction.
 */
public final class ProbedEngine implements Engine {
  private static final String BRANCHES = "BRANCH";

  private final PageDecisions decisions;
  private final Probes probes;
  private final int branches;
  private final Map<AddressSpace, CodeCache> caches = new WeakHashMap<>();
  private CodeCache cache;
  private AddressSpace memory;
  private long executed;

  /** The instructions completed before the current one, if that is to be known at each access. */
  private long current;

  /** Whether the next instruction begins a block. */
  private boolean first;

  /** Whether the probes know already of the next instruction. */
  private boolean told;

  /**
   * @param dispatcher the network
   */
  public ProbedEngine(Dispatcher dispatcher, Probes probes) {
    this.decisions = new PageDecisions(dispatcher);
    this.probes = probes;
    this.branches = KernelSet.of(dispatcher).names().indexOf(BRANCHES);
  }

  /** Makes the next instruction begin a block. */
  public void beginBlock() {
    first = true;
    told = false;
  }

  @Override
  public long executed() {
    return executed;
  }

  /**
   * The number of instructions that this run had completed before the one that accesses memory now;
   * while {@link Probes#accesses} is true.
   */
  public long current() {
    return current;
  }

  @Override
  public void networkChanged() {
    decisions.forget();
    caches.values().forEach(CodeCache::forget);
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    try {
      return pages(cpu, budget);
    } catch (Probes.Failure failure) {
      throw failure.thrown();
    }
  }

  private Stop pages(CpuState cpu, long budget) {
    executed = 0;
    told = false;
    while (executed < budget && !probes.endsAt(cpu.pc)) {
      if (cpu.memory != memory) {
        memory = cpu.memory;
        cache = caches.computeIfAbsent(memory, m -> new CodeCache(m, decisions, null, false));
      }
      Stop stop;
      try {
        if ((cpu.pc & 3) != 0) {
          stop = new Stop.Trap(TrapKind.ALIGNMENT, cpu.pc);
        } else {
          stop = page(cpu, cache.at(cpu.pc), budget - executed);
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

  /**
   * Runs inside one page, and returns null when the guest leaves it, the page or the probes have
   * changed, the run is to end, or the budget is used up.
   */
  private Stop page(CpuState cpu, CodePage page, long budget) {
    long pc = cpu.pc;
    long left = budget;
    long base = page.address;
    int[] steps = page.steps;
    int[] words = page.words;
    boolean[] chosen = chosen(page);
    boolean blocks = probes.blocks();
    boolean precise = probes.accesses();
    int version = probes.version();
    boolean begins = first;
    boolean known = told; // of the first instruction here alone
    told = false;
    long offset = pc - base;
    try {
      do {
        int index = (int) (offset >>> 2);
        int step = steps[index];
        if (chosen[index] | blocks & begins) {
          if (!known) {
            first = begins;
            if (isTold(cpu, page, pc, budget - left)) {
              return null;
            }
            told = false;
          }
        }
        known = false;
        if (precise) {
          cpu.pc = pc;
          current = executed + budget - left;
        }
        long next = Kernels.execute(step >> 16, (short) step, cpu, words[index], pc);
        begins = step >> 16 == branches || next != pc + Integer.BYTES;
        pc = next;
        left--;
        offset = pc - base;
        if (precise && (probes.version() != version || probes.endsAt(pc))) {
          break; // a probe of an access wants it
        }
      } while ((offset & ~0xffcL) == 0 && left > 0 && page.valid);
      cpu.pc = pc;
      executed += budget - left;
      first = begins;
      return null;
    } catch (GuestTrap trap) {
      Stop stop = page.stopped(cpu, pc, trap);
      boolean call = stop instanceof Stop.SystemCall;
      executed += budget - left + (call ? 1 : 0);
      first = call;
      return stop;
    } catch (MemoryFault fault) {
      leave(cpu, pc, budget - left);
      first = begins;
      return new Stop.Fault(fault);
    } catch (RuntimeException | Error e) {
      leave(cpu, pc, budget - left);
      first = begins;
      throw e;
    }
  }

  private void leave(CpuState cpu, long pc, long done) {
    cpu.pc = pc;
    executed += done;
  }

  /**
   * Tells the probes of an instruction. Returns whether the page must be left and looked at anew.
   */
  private boolean isTold(CpuState cpu, CodePage page, long pc, long done) {
    int version = probes.version();
    cpu.pc = pc;
    try {
      probes.before(cpu, page.words[CodePage.index(pc)], first, executed + done);
    } catch (MemoryFault | GuestTrap e) {
      throw new Probes.Failure(e);
    }
    cpu.x[CpuState.ZERO] = 0; // whatever a probe wrote there
    if (cpu.pc != pc) {
      executed += done;
      first = true;
      return true;
    }
    told = true;
    if (version != probes.version() || !page.valid || cpu.memory != memory || probes.endsAt(pc)) {
      executed += done;
      return true;
    }
    return false;
  }

  private boolean[] chosen(CodePage page) {
    int version = probes.version();
    if (page.chosen == null || page.chosenBy != version) {
      if (page.chosen == null) {
        page.chosen = new boolean[CodePage.WORDS];
      } else {
        Arrays.fill(page.chosen, false);
      }
      page.chosenBy = version;
      probes.choose(page.address, page.chosen);
    }
    return page.chosen;
  }
}
