package dev.axon64.metal.guest;

import dev.axon64.machine.engine.StagedPages;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Copies the pages of a guest into the shader's memory: those that it stopped for, and those that a
 * prefetcher expects it to access next, so that it need not stop for them. Serves one guest at a
 * time.
 */
public final class Staging {
  private static final int PAGE_SHIFT = Integer.numberOfTrailingZeros(AddressSpace.PAGE);

  /** How many of the pages that a run accessed last are staged before the next run begins. */
  private static final int KEPT = 64;

  /** The assumed size of an access that stopped the guest; its real size is not known. */
  private static final int SIZE = Long.BYTES;

  private final StagedPages pages;

  /** Pages accessed in this run, the first access first. */
  private final Set<Long> accessed = new LinkedHashSet<>();

  /** Pages staged ahead in this run of which no access is known. */
  private final List<Long> waiting = new ArrayList<>();

  /**
   * @param pages who guesses, and where it is counted
   */
  public Staging(StagedPages pages) {
    this.pages = pages;
  }

  /** Stages what the last run accessed, and where this one goes on. */
  void begin(GuestGrid grid, CpuState cpu) {
    List<Long> last = new ArrayList<>(accessed);
    accessed.clear();
    waiting.clear();
    for (long page : last.subList(Math.max(0, last.size() - KEPT), last.size())) {
      fetch(grid, page);
    }
    fetch(grid, cpu.pc >>> PAGE_SHIFT);
  }

  /**
   * Stages the page that a guest stopped for.
   *
   * @return whether it can go on
   */
  boolean next(GuestGrid grid) {
    OptionalLong absent = grid.absent();
    if (absent.isEmpty() || !stage(grid, absent.getAsLong())) {
      look(grid);
      return false;
    }
    long address = absent.getAsLong();
    look(grid);
    pages.stops++;
    long page = address >>> PAGE_SHIFT;
    accessed.add(page);
    access(grid, address, page);
    return true;
  }

  /** Finds which pages staged ahead have been accessed. */
  private void look(GuestGrid grid) {
    List<Long> found = waiting.stream().filter(page -> grid.touched(page << PAGE_SHIFT)).toList();
    waiting.removeAll(found);
    accessed.addAll(found);
    pages.used += found.size();
    found.forEach(page -> access(grid, page << PAGE_SHIFT, page));
  }

  private void access(GuestGrid grid, long address, long page) {
    pages.prefetcher().touch(grid.pc(), address, SIZE, false);
    pages.prefetcher().access(grid.pc(), page, true, expected -> fetch(grid, expected));
  }

  private void fetch(GuestGrid grid, long page) {
    if (stage(grid, page << PAGE_SHIFT)) {
      pages.ahead++;
      waiting.add(page);
    }
  }

  /** Whether the page was copied in. A page that cannot be read is not; the guest will fault. */
  private static boolean stage(GuestGrid grid, long address) {
    try {
      return grid.stage(address);
    } catch (MemoryFault unreadable) {
      return false;
    }
  }
}
