package dev.axon64.system.device;

/** What receives the bytes that come over a serial line. */
public interface SerialInput {
  /** Whether somebody waits for input. */
  boolean listens();

  /** The number of bytes that it can still take. */
  int room();

  /** Receives a byte; there must be room. */
  void receive(int value);
}
