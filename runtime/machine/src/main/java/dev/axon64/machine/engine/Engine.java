package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;
import java.util.function.LongPredicate;

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

  /**
   * Makes this engine stop before it executes anything of these pages of code, by a fault whose
   * reason is {@link dev.axon64.machine.memory.MemoryFault.Reason#ASIDE}, so that another one can
   * go on there. What it has made of them is forgotten.
   *
   * @param pages by the addresses of their first bytes; asked again whenever such a page is new
   * @return whether it does; if not, nothing has changed
   */
  default boolean stepAside(LongPredicate pages) {
    return false;
  }

  /** Forgets the network's answers, since another network decides from the next {@link #run} on. */
  default void networkChanged() {}
}
