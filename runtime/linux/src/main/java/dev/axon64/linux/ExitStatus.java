package dev.axon64.linux;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.WaitStatus;

/**
 * How a machine ended.
 *
 * @param ending why it ended
 * @param code exit code of the program; 0 if it did not exit
 * @param signal that ended the program, or that stands for another ending; 0 if it exited
 * @param instructions that all processes have executed
 */
public record ExitStatus(Ending ending, int code, int signal, long instructions) {
  /** Why a machine ended. */
  public enum Ending {
    /** The program exited. */
    EXITED,
    /** A signal ended the program. */
    SIGNALLED,
    /** The network chose a kernel that does not own the instruction. */
    MISDISPATCH,
    /** The limit of instructions was reached. */
    INSTRUCTION_LIMIT,
    /** A snapshot was taken. */
    SNAPSHOT,
    /** Every process waits for something that cannot come. */
    DEADLOCK,
    /** The host's thread was interrupted. */
    INTERRUPTED
  }

  /**
   * How a machine ended.
   *
   * @param ending null if the program ended by itself
   * @param status the program's wait status
   */
  static ExitStatus of(Ending ending, int status, long instructions) {
    if (ending == null) {
      int signal = WaitStatus.endSignal(status);
      return new ExitStatus(
          signal == 0 ? Ending.EXITED : Ending.SIGNALLED,
          WaitStatus.exitCode(status),
          signal,
          instructions);
    }
    int signal =
        switch (ending) {
          case EXITED, SNAPSHOT -> 0;
          case MISDISPATCH -> Signals.SIGILL;
          case INSTRUCTION_LIMIT -> Signals.SIGXCPU;
          case INTERRUPTED -> Signals.SIGINT;
          case SIGNALLED, DEADLOCK -> Signals.SIGKILL;
        };
    return new ExitStatus(ending, 0, signal, instructions);
  }

  /** The exit status as a shell shows it. */
  public int shellCode() {
    return signal == 0 ? code : 128 + signal;
  }
}
