package dev.axon64.linux.fs;

/** Who wants to know when an open file becomes ready for something. */
public interface Watcher {
  /**
   * Called when the file may have become ready, on the machine's thread.
   *
   * @param events POLL bits that may have come; 0 stands for any
   * @return whether somebody goes on because of this; only asked of those that are {@link
   *     #isExclusive}
   */
  boolean changed(int events);

  /** Whether it can be left out where another one like it has been told (EPOLLEXCLUSIVE). */
  default boolean isExclusive() {
    return false;
  }

  /** Whether a thread waits for what it watches. */
  boolean isAwaited();
}
