package dev.axon64.machine.engine;

import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;

/** Why an engine stopped. */
public sealed interface Stop {
  /** The budget is used up; the next instruction is at the state's pc. */
  record Budget() implements Stop {}

  /** A system call; the state's pc is after it. */
  record SystemCall(int immediate) implements Stop {}

  /**
   * A trap that the instruction spec declares, such as BRK, or DISABLED: the argument is a word of
   * the kernel's, but an instruction that no kernel of the model executes; pc is at the
   * instruction.
   */
  record Trap(TrapKind kind, long argument) implements Stop {}

  /** An unallocated word; pc is at it. */
  record Undefined(int word) implements Stop {}

  /**
   * The network gave the word to a kernel that does not own it; pc is at it.
   *
   * @param kernel the network's answer
   */
  record Misdispatch(int word, int kernel) implements Stop {}

  /** A memory access failed; pc is at the instruction, registers are as before it. */
  record Fault(MemoryFault fault) implements Stop {}

  /** Something beside the guest ended the run; no engine stops so, but who runs it may. */
  sealed interface Ended extends Stop {}

  /** The instruction before which the run was to end is the next one. */
  record Until() implements Ended {}

  /** A hook, or another thread, stopped the run. */
  record Stopped() implements Ended {}

  /** The time that the run may take is over. */
  record TimedOut() implements Ended {}

  /** The thread that ran the guest was interrupted, and still has that status. */
  record Interrupted() implements Ended {}

  /** The guest has ended itself. */
  record Exited(int status) implements Ended {}

  /** The only instance of {@link Budget} that is needed. */
  Stop BUDGET = new Budget();

  /**
   * Returns the stop for a trap that a kernel threw at a word.
   *
   * @param kernel the network's answer for the word
   */
  static Stop of(GuestTrap trap, int word, int kernel) {
    if (trap.kind.equals(TrapKind.SVC)) {
      return new SystemCall((int) trap.argument);
    }
    if (trap.kind.equals(TrapKind.UNDEFINED)) {
      return new Undefined(word);
    }
    if (trap.kind.equals(TrapKind.MISDISPATCH)) {
      return new Misdispatch(word, kernel);
    }
    return new Trap(trap.kind, trap.argument);
  }
}
