package dev.axon64.runtime.linux;

import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.memory.AddressSpace;

/** Executes instructions of one address space; all its threads take turns on it. */
public interface Processor {
  /** Executes at most {@code budget} instructions from {@code cpu.pc} on. Throws nothing. */
  Stop run(CpuState cpu, long budget);

  /** Makes processors. */
  @FunctionalInterface
  interface Factory {
    /** A processor for a memory; it may set the memory's code listener. */
    Processor create(AddressSpace memory);
  }
}
