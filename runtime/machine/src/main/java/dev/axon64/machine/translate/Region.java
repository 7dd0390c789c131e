package dev.axon64.machine.translate;

import dev.axon64.machine.state.CpuState;

/**
 * Guest code that has become a JVM method: blocks that are reached from one entry. It can also be
 * entered where its loops begin, which is where it may have been left for want of budget.
 */
public abstract class Region {
  /** Made by generated classes alone. */
  protected Region() {}

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
