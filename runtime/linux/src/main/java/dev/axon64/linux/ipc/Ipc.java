package dev.axon64.linux.ipc;

import dev.axon64.linux.fs.MemoryStore;

/** The shared memory, semaphores and message queues of a machine, of System V and of POSIX. */
public final class Ipc {
  private static final int MOST_SEGMENTS = 4096;
  private static final int MOST_SETS = 32_000;
  private static final int MOST_QUEUES = 32_000;

  public final IpcTable<Segment> segments = new IpcTable<>(MOST_SEGMENTS);
  public final IpcTable<SemaphoreSet> semaphores = new IpcTable<>(MOST_SETS);
  public final IpcTable<MessageQueue> queues = new IpcTable<>(MOST_QUEUES);

  public final NamedQueues named;

  /**
   * Nothing yet.
   *
   * @param store whose room the messages of POSIX queues take
   */
  public Ipc(MemoryStore store) {
    this.named = new NamedQueues(store);
  }

  /** Whether there is anything. */
  public boolean isUsed() {
    return !segments.all().isEmpty()
        || !semaphores.all().isEmpty()
        || !queues.all().isEmpty()
        || !named.isEmpty();
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
