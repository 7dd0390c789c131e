package dev.axon64.linux;

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

  /** The exit status as a shell shows it. */
  public int shellCode() {
    return signal == 0 ? code : 128 + signal;
  }
}
