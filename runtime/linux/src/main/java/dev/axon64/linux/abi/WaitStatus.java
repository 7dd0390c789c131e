package dev.axon64.linux.abi;

/**
 * What a parent learns of a child through wait(2), as one int. A child that a signal ended has the
 * signal's number as its status.
 */
public final class WaitStatus {
  /** The child went on after a stop. */
  public static final int CONTINUED = 0xffff;

  private static final int STOPPED = 0x7f;

  private WaitStatus() {}

  /** The child ended by itself; the parent sees the lowest eight bits of its code. */
  public static int exited(long code) {
    return ((int) code & 0xff) << 8;
  }

  /** A signal stopped the child. */
  public static int stopped(int signal) {
    return signal << 8 | STOPPED;
  }

  public static boolean isExit(int status) {
    return (status & 0x7f) == 0;
  }

  public static boolean isStop(int status) {
    return (status & 0xff) == STOPPED;
  }

  /** The code of a child that ended by itself. */
  public static int exitCode(int status) {
    return status >> 8;
  }

  /** The signal that ended a child, or 0. */
  public static int endSignal(int status) {
    return status & 0x7f;
  }

  /** The signal that stopped a child. */
  public static int stopSignal(int status) {
    return status >> 8;
  }
}
