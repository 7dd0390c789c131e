package dev.axon64.linux.ipc;

/** The shared memory, semaphores and message queues of a machine. */
public final class Ipc {
  private static final int MOST_SEGMENTS = 4096;
  private static final int MOST_SETS = 32_000;
  private static final int MOST_QUEUES = 32_000;

  public final IpcTable<Segment> segments = new IpcTable<>(MOST_SEGMENTS);
  public final IpcTable<SemaphoreSet> semaphores = new IpcTable<>(MOST_SETS);
  public final IpcTable<MessageQueue> queues = new IpcTable<>(MOST_QUEUES);

  /** Whether there is anything. */
  public boolean isUsed() {
    return !segments.all().isEmpty() || !semaphores.all().isEmpty() || !queues.all().isEmpty();
  }

  /**
   * Undoes what an owner that ends has done with semaphores.
   *
   * @param process its number
   * @param now seconds since 1970
   */
  public void ended(Object owner, int process, long now) {
    semaphores.all().forEach(set -> set.undo(owner, process, now));
  }
}
