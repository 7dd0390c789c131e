package dev.axon64.system.device;

import java.io.IOException;

/**
 * What a part of the machine keeps, on its way to a snapshot or back. Each method takes what a
 * field holds and returns what it is to hold: the same while a snapshot is written, and what it
 * says while one is read.
 */
public interface State {
  /** A part that has a state. */
  interface Of {
    /** Passes all fields, always in the same order. */
    void state(State state) throws IOException;
  }

  /** Any 64 bits. */
  long value(long now) throws IOException;

  /**
   * A number in a range.
   *
   * @throws IOException if a snapshot has another
   */
  int number(int now, int least, int most) throws IOException;

  /** Bytes, as many as there are. */
  byte[] bytes(byte[] now) throws IOException;

  /** Whether a snapshot is read. */
  boolean isRead();

  /** Any 32 bits. */
  default int word(int now) throws IOException {
    return number(now, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A truth. */
  default boolean flag(boolean now) throws IOException {
    return number(now ? 1 : 0, 0, 1) != 0;
  }

  /** Any values, as many as fit. */
  default void values(long[] all) throws IOException {
    for (int i = 0; i < all.length; i++) {
      all[i] = value(all[i]);
    }
  }

  /** Numbers in a range. */
  default void numbers(int[] all, int least, int most) throws IOException {
    for (int i = 0; i < all.length; i++) {
      all[i] = number(all[i], least, most);
    }
  }

  /** Truths. */
  default void flags(boolean[] all) throws IOException {
    for (int i = 0; i < all.length; i++) {
      all[i] = flag(all[i]);
    }
  }
}
