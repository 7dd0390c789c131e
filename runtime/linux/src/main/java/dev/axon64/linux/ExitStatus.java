package dev.axon64.linux;

/**
 * How a machine ended.
 *
 * @param ending why
 * @param code what the program gave to exit; 0 if it did not
 * @param signal what ended it; 0 if it exited
 * @param instructions executed by all processes
 */
public record ExitStatus(Ending ending, int code, int signal, long instructions) {
  /** Why a machine ended. */
  public enum Ending {
    /** The program exited. */
    EXITED,
    /** A signal ended the program. */
    SIGNALLED,
    /** The network chose a wrong kernel. */
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

  /** The status as a shell sees it. */
  public int shellCode() {
    return signal == 0 ? code : 128 + signal;
  }
}
