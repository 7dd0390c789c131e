package dev.axon64.system;

/** The other end of the serial line. */
public interface Terminal {
  /** Takes a byte that the machine sends. */
  void write(int value);

  /** What {@link #read} answers while nothing is there. */
  int NOTHING_YET = -1;

  /** What {@link #read} answers when nothing will ever come. */
  int END = -2;

  /**
   * The next byte for the machine.
   *
   * @param nanoseconds how long to wait for one; 0 not to wait
   */
  int read(long nanoseconds);

  /** Sends what was written on its way, since the machine waits. */
  void flush();
}
