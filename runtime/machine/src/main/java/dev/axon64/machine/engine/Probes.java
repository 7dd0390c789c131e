package dev.axon64.machine.engine;

import dev.axon64.machine.state.CpuState;

/** Chooses instructions, and is called before each of them. It may change anything. */
public interface Probes {
  /** Grows whenever other instructions are chosen. */
  int version();

  /**
   * Says which instructions of a page are chosen.
   *
   * @param page the address of the first
   * @param chosen one for each of the page's instructions, all false; set to true those that are
   */
  void choose(long page, boolean[] chosen);

  /** Whether the first instruction of each block is chosen too. */
  boolean blocks();

  /** Whether the registers must be current at every load and store: pc is, at the instruction. */
  boolean accesses();

  /**
   * Called before a chosen instruction.
   *
   * @param cpu all registers current; pc is at the instruction
   * @param first whether it begins a block: the run, or what follows a branch, taken or not, or a
   *     system call
   * @param executed the number of instructions that this run has completed
   */
  void before(CpuState cpu, int word, boolean first, long executed);

  /** What a probe threw that would be the guest's if an instruction threw it. */
  final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param thrown what the caller of the engine will get
     */
    public Failure(RuntimeException thrown) {
      super(null, thrown, false, false);
    }

    /** What was thrown. */
    public RuntimeException thrown() {
      return (RuntimeException) getCause();
    }
  }

  /** Whether the run is to end now, before the instruction at an address. */
  boolean endsAt(long pc);
}
