package dev.axon64.linux.terminal;

/** Where a terminal's output goes: to the master of a pseudoterminal, or to the host. */
interface Wire {
  /** How many bytes it takes now. */
  int room();

  /** Takes bytes, for which there is room. */
  void put(byte[] bytes, int offset, int length);

  /** Forgets what nobody has read yet. */
  default void flush() {}

  /** What was typed has been forgotten. */
  default void inputFlushed() {}

  /** Output is held, or goes on. */
  default void stopped(boolean held) {}

  /** Whether it changes output as the output modes ask by itself. */
  default boolean processes() {
    return false;
  }

  /** The first program has opened the terminal, or the last one has closed it. */
  default void users() {}

  /** Types what waits on the other side. */
  default void type() {}

  /** Told of the terminal's new modes. */
  default void changed(Modes old, Modes modes) {}
}
