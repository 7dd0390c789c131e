package dev.axon64.metal.exec;

/** Waits for threads. */
final class Threads {
  private Threads() {}

  /**
   * Waits until a thread has ended, also when interrupted; the caller is then left interrupted.
   *
   * @param onInterrupt done at each interrupt
   */
  static void join(Thread thread, Runnable onInterrupt) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        onInterrupt.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
