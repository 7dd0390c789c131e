package dev.axon64.emulator;

import dev.axon64.machine.engine.Stop;

/**
 * The functions that an emulator calls while it runs. A hook may read and change everything, add
 * and remove hooks, and end the run; it must not run the emulator that calls it. Those it adds are
 * called from the next instruction on. What a hook throws ends the run and reaches who called it.
 */
public final class Hooks {
  private Hooks() {}

  /** Called before an instruction. If it moves pc, the instruction is not executed. */
  @FunctionalInterface
  public interface Code {
    /**
     * @param address its address
     * @param word the instruction
     */
    void instruction(Emulator emulator, long address, int word);
  }

  /**
   * Called before the first instruction of each block. A block begins where a run begins, behind
   * each branch that is not taken, where each branch leads, and behind a system call; it ends with
   * the next branch or system call. A loop that is entered from above thus begins a block of its
   * own from its second iteration on.
   */
  @FunctionalInterface
  public interface Block {
    /**
     * @param address of its first instruction
     */
    void block(Emulator emulator, long address);
  }

  /**
   * Called whenever one block follows another in a run. Both have begun since there have been hooks
   * of this kind.
   */
  @FunctionalInterface
  public interface Edge {
    /**
     * @param from the address of the first instruction of the block that ended
     * @param to the address of the first instruction of the block that begins
     */
    void edge(Emulator emulator, long from, long to);
  }

  /**
   * Called for each load when its value is known, and for each store before it is made. An access
   * of 128 bits is one of 16 bytes, of which the low half of a store has been made by then; a pair
   * of registers is two accesses. What faults is told as a store, but not as a load.
   */
  @FunctionalInterface
  public interface Memory {
    /**
     * @param access what is accessed; not to be kept, since the next one is the same object
     */
    void access(Emulator emulator, Access access);
  }

  /** Called at SVC, with pc after it. Without such a hook, SVC ends the run. */
  @FunctionalInterface
  public interface SystemCall {
    /**
     * @param immediate the immediate of the instruction
     */
    void call(Emulator emulator, int immediate);
  }

  /** Called at anything else by which the guest stops itself. */
  @FunctionalInterface
  public interface Interrupt {
    /**
     * @param stop why; pc is at the instruction
     * @return whether the run goes on at pc
     */
    boolean settle(Emulator emulator, Stop stop);
  }
}
