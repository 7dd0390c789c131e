package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;

/** Executes a guest's instructions. Not thread-safe: use one per thread. */
public interface Engine {
  /**
   * Runs until the budget is used up or something stops the guest.
   *
   * @param cpu the state to start from, which is then the state at the end
   * @param budget the most instructions to execute
   * @return why it stopped
   */
  Stop run(CpuState cpu, long budget);

  /**
   * The number of instructions that the last {@link #run} completed; one that trapped does not
   * count, but SVC does.
   */
  long executed();

  /** Forgets the network's answers, since another network decides from the next {@link #run} on. */
  default void networkChanged() {}
}
