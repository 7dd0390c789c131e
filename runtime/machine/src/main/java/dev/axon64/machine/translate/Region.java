package dev.axon64.machine.translate;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryRange;
import dev.axon64.machine.state.CpuState;
import java.util.Arrays;

/**
 * Guest code that has become a JVM method: blocks that are reached from one entry. It can also be
 * entered where its outer loops begin, and where calls of its own function return to.
 */
public abstract class Region {
  /** The ranges of memory that its accesses met last, by site. */
  protected final MemoryRange[] ranges;

  /** Which sites write; a bit each. */
  private final long writes;

  private int looks;

  /**
   * Made by generated classes alone.
   *
   * @param sites the number of its sites, see {@link Sites}
   * @param writes which of them write; a bit each
   */
  protected Region(int sites, long writes) {
    this.ranges = new MemoryRange[sites];
    this.writes = writes;
    Arrays.fill(ranges, MemoryRange.NONE);
  }

  /**
   * Where the byte at an address lies that is outside of a site's range; notes that the site has
   * missed it if that is not known.
   *
   * @param size of the access
   * @return 0 if it is not known
   */
  protected final long readablePlace(
      RegionRun run, AddressSpace memory, long address, int size, int site) {
    long place = memory.readablePlace(address, size);
    if (place == 0) {
      run.miss(this, site, address);
    }
    return place;
  }

  /** The same for a store. */
  protected final long writablePlace(
      RegionRun run, AddressSpace memory, long address, int size, int site) {
    long place = memory.writablePlace(address, size);
    if (place == 0) {
      run.miss(this, site, address);
    }
    return place;
  }

  /** Finds the range of memory that a site has missed. */
  final void look(int site, long address, AddressSpace memory) {
    MemoryRange range = memory.range(address, (writes >>> site & 1) != 0, looks);
    if (range != MemoryRange.NONE) {
      ranges[site] = range;
    }
    looks++;
  }

  /**
   * Executes from one of the region's entries until the guest leaves it.
   *
   * @param entry which one, see {@link Translator.Translation#entries}
   * @param cpu the state to start from and to leave behind, its pc included
   * @throws dev.axon64.machine.state.GuestTrap as the instruction at the pc throws it; nothing of
   *     that instruction has been done but to memory
   * @throws dev.axon64.machine.memory.MemoryFault likewise
   */
  public abstract void run(int entry, CpuState cpu, RegionRun run);
}
