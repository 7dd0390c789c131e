package dev.axon64.machine.emulator;

import dev.axon64.machine.engine.Stop;

/**
 * The functions that an emulator calls while it runs. A hook may read and change everything, and
 * end the run.
 */
public final class Hooks {
  private Hooks() {}

  /** Called before an instruction. */
  @FunctionalInterface
  public interface Code {
    /**
     * @param address its address
     * @param word the instruction
     */
    void instruction(Emulator emulator, long address, int word);
  }

  /** Called at the start of each run of instructions without a jump. */
  @FunctionalInterface
  public interface Block {
    /**
     * @param address of its first instruction
     */
    void block(Emulator emulator, long address);
  }

  /** Called before a load or store is made. */
  @FunctionalInterface
  public interface Memory {
    /**
     * @param write whether it is a store
     * @param size in bytes: 1, 2, 4 or 8
     * @param value what is stored; 0 for a load
     */
    void access(Emulator emulator, boolean write, long address, int size, long value);
  }

  /** Called at SVC, with pc after it. Without such a hook, SVC ends the run. */
  @FunctionalInterface
  public interface SystemCall {
    /**
     * @param immediate the immediate of the instruction
     */
    void call(Emulator emulator, int immediate);
  }

  /** Called at anything else that stops the guest. */
  @FunctionalInterface
  public interface Interrupt {
    /**
     * @param stop why; pc is at the instruction
     * @return whether the run goes on at pc
     */
    boolean settle(Emulator emulator, Stop stop);
  }
}
