package dev.axon64.linux.terminal;

/**
 * What a master in packet mode is told of its terminal (TIOCPKT, ioctl_tty(2)). Nothing is noted
 * while the mode is off.
 */
final class Packets {
  /** In front of what is read: this is data. */
  static final byte DATA = 0;

  static final int FLUSHED_INPUT = 1;
  static final int FLUSHED_OUTPUT = 2;
  static final int STOPPED = 4;
  static final int STARTED = 8;
  static final int NO_FLOW_KEYS = 16;
  static final int FLOW_KEYS = 32;
  static final int MODES = 64;

  private boolean on;
  private int status;

  boolean isOn() {
    return on;
  }

  void turn(boolean now) {
    if (now && !on) {
      status = 0;
    }
    on = now;
  }

  /** Notes a change; what says the opposite is forgotten. */
  void note(int bits, int opposite) {
    if (on) {
      status = status & ~opposite | bits;
    }
  }

  /** Whether something is to be told. */
  boolean isPending() {
    return on && status != 0;
  }

  /** What is to be told, once. */
  byte take() {
    byte told = (byte) status;
    status = 0;
    return told;
  }
}
