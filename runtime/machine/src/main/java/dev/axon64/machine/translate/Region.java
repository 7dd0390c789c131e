package dev.axon64.machine.translate;

import dev.axon64.machine.state.CpuState;

/** Guest code that has become a JVM method: blocks that reach each other from one entry. */
public abstract class Region {
  /** Made by generated classes alone. */
  protected Region() {}

  /**
   * Executes from the region's entry until the guest leaves it.
   *
   * @param cpu the state to start from and to leave behind, its pc included
   * @throws dev.axon64.machine.state.GuestTrap as the instruction at the pc throws it; nothing of
   *     that instruction has been done but to memory
   * @throws dev.axon64.machine.memory.MemoryFault likewise
   */
  public abstract void run(CpuState cpu, RegionRun run);
}
