package dev.axon64.linux.net;

/**
 * The byte of a stream that was sent as urgent last, and where it is (tcp(7)). Receivers do not
 * read across it, and get it out of turn unless it is kept in line.
 */
final class UrgentByte {
  private enum State {
    NONE,
    WAITING,
    READ
  }

  private State state = State.NONE;
  private byte value;

  /** Bytes to be read before it. */
  private int ahead;

  /** A byte has come behind so many others. */
  void come(byte urgent, int behind) {
    state = State.WAITING;
    value = urgent;
    ahead = behind;
  }

  /** Whether it can be received out of turn. */
  boolean isWaiting() {
    return state == State.WAITING;
  }

  byte value() {
    return value;
  }

  /** It was received out of turn. */
  void read() {
    state = State.READ;
  }

  /** Whether it is the next byte. */
  boolean isNext() {
    return state != State.NONE && ahead == 0;
  }

  /** How many bytes can be read before it, of so many. */
  int before(int most) {
    return state == State.NONE || ahead == 0 ? most : Math.min(most, ahead);
  }

  /** So many bytes have been read in turn. */
  void advance(int count) {
    ahead -= count;
    if (ahead < 0) {
      state = State.NONE;
    }
  }
}
