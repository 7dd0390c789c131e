package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;

/** Executes a guest's instructions. An engine serves one host thread. */
public interface Engine {
  /**
   * Runs until the budget is used up or something stops the guest.
   *
   * @param cpu the state to start from and to leave behind
   * @param budget the most instructions to execute
   * @return why it stopped
   */
  Stop run(CpuState cpu, long budget);

  /**
   * Instructions that the last {@link #run} completed; one that trapped does not count, but SVC
   * does.
   */
  long executed();

  /** Forgets what the network said: from the next {@link #run} on, another one decides. */
  default void networkChanged() {}
}
