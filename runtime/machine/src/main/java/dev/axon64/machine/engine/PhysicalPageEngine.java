package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.machine.memory.TranslatedSpace;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scalar engine of a whole machine, whose memory is a {@link TranslatedSpace}: the network
 * decides a page of physical memory in one batch when it is first executed, whatever its virtual
 * addresses, and single words of it again after it was written.
 */
public final class PhysicalPageEngine implements Engine {
  private static final int RECENT = 1024;

  private final PhysicalMemory memory;
  private final PageDecisions decisions;

  /** Whether the network's answers do not depend on the address. */
  private final boolean anywhere;

  private final Map<Long, List<PhysicalCode>> codes = new HashMap<>();
  private final Map<AddressSpace, View[]> views = new IdentityHashMap<>();
  private TranslatedSpace space;
  private View[] recent;
  private long executed;

  /** Code at a virtual address, as long as its space has forgotten nothing. */
  private record View(long address, int epoch, PhysicalCode code) {}

  /**
   * @param dispatcher the network
   * @param anywhere whether its answers are proven not to depend on the address
   */
  PhysicalPageEngine(Dispatcher dispatcher, boolean anywhere, PhysicalMemory memory) {
    this.memory = memory;
    this.decisions = new PageDecisions(dispatcher);
    this.anywhere = anywhere;
    memory.addCodeListener(page -> codes.get(page).forEach(PhysicalCode::stale));
  }

  @Override
  public long executed() {
    return executed;
  }

  @Override
  public void networkChanged() {
    decisions.forget();
    codes.clear();
    views.clear();
    space = null;
  }

  /** The number of words that the network has decided. */
  public long evaluations() {
    return decisions.evaluations();
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    executed = 0;
    if (cpu.memory != space) {
      space = (TranslatedSpace) cpu.memory;
      recent = views.computeIfAbsent(space, s -> new View[RECENT]);
    }
    while (executed < budget) {
      Stop stop;
      try {
        stop =
            (cpu.pc & 3) != 0
                ? new Stop.Trap(TrapKind.ALIGNMENT, cpu.pc)
                : page(cpu, at(cpu.pc), budget - executed);
      } catch (MemoryFault fault) {
        stop = new Stop.Fault(fault);
      }
      if (stop != null) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }

  private PhysicalCode at(long pc) {
    long address = pc & -AddressSpace.PAGE;
    int slot = (int) (pc >>> AddressSpace.PAGE_SHIFT) & RECENT - 1;
    View view = recent[slot];
    if (view == null || view.address != address || view.epoch != space.epoch()) {
      view = new View(address, space.epoch(), code(pc));
      recent[slot] = view;
    }
    return view.code;
  }

  private PhysicalCode code(long pc) {
    long place = space.executable(pc) & -AddressSpace.PAGE;
    long address = anywhere ? 0 : pc & -AddressSpace.PAGE;
    List<PhysicalCode> known = codes.computeIfAbsent(place, p -> new ArrayList<>(1));
    for (PhysicalCode code : known) {
      if (code.isFor(address)) {
        return code;
      }
    }
    int[] words = memory.words(place);
    views.keySet().forEach(each -> ((TranslatedSpace) each).forgetWritable(place));
    PhysicalCode code =
        new PhysicalCode(place, address, words, decisions.steps(address, words.clone()));
    known.add(code);
    return code;
  }

  /** Runs inside one page, and returns null when the guest leaves it or the budget is used up. */
  private Stop page(CpuState cpu, PhysicalCode page, long budget) {
    long pc = cpu.pc;
    long left = budget;
    long base = pc & -AddressSpace.PAGE;
    int[] steps = page.steps;
    int[] words = page.words;
    long offset = pc - base;
    try {
      do {
        int index = (int) (offset >>> 2);
        int step = steps[index];
        pc = Kernels.execute(step >> 16, (short) step, cpu, words[index], pc);
        left--;
        offset = pc - base;
      } while ((offset & ~0xffcL) == 0 && left > 0);
      cpu.pc = pc;
      executed += budget - left;
      return null;
    } catch (GuestTrap trap) {
      cpu.pc = pc;
      executed += budget - left;
      return trapped(cpu, page, trap);
    } catch (MemoryFault fault) {
      cpu.pc = pc;
      executed += budget - left;
      return new Stop.Fault(fault);
    }
  }

  private Stop trapped(CpuState cpu, PhysicalCode page, GuestTrap trap) {
    int index = CodePage.index(cpu.pc);
    int step = page.steps[index];
    if (step == PhysicalCode.STALE) {
      page.refresh(memory, decisions);
      views.keySet().forEach(each -> ((TranslatedSpace) each).forgetWritable(page.place));
      return null;
    }
    Stop stop = Stop.of(trap, page.words[index], CodePage.kernel(step));
    if (stop instanceof Stop.SystemCall) {
      cpu.pc += Integer.BYTES;
      executed++;
    }
    return stop;
  }
}
