package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;

/** Watches single instructions. */
public interface StepObserver {
  /**
   * Called before an instruction.
   *
   * @param kernel the network's answer for the word
   * @return whether to go on; otherwise the engine stops before the instruction
   */
  boolean before(CpuState cpu, int word, int kernel);

  /**
   * Called after an instruction that was completed, SVC included.
   *
   * @param pc its address
   */
  default void after(CpuState cpu, long pc, int word, int kernel) {}
}
