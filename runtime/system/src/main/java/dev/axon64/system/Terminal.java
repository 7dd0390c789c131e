package dev.axon64.system;

import java.util.function.IntConsumer;

/** The other end of the serial line. */
public interface Terminal {
  /** Nobody listens, and nobody says anything. */
  Terminal NOBODY = to(value -> {});

  /** One that gives what the machine sends to somebody, and says nothing. */
  static Terminal to(IntConsumer output) {
    return new Terminal() {
      @Override
      public void write(int value) {
        output.accept(value);
      }

      @Override
      public int read(long nanoseconds) {
        return END;
      }

      @Override
      public void flush() {
        // it is there already
      }
    };
  }

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
