package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;

/** Watches single instructions. */
public interface StepObserver {
  /**
   * Before an instruction.
   *
   * @param kernel the network's answer for the word
   * @return whether to go on; otherwise the engine stops in front of it
   */
  boolean before(CpuState cpu, int word, int kernel);

  /**
   * After an instruction that was completed, SVC included.
   *
   * @param pc where it stood
   */
  default void after(CpuState cpu, long pc, int word, int kernel) {}
}
