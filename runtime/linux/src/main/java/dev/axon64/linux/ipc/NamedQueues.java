package dev.axon64.linux.ipc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The POSIX message queues of a machine, by name. */
public final class NamedQueues {
  private static final int MOST = 256;

  private final MemoryStore store;
  private final Map<String, NamedQueue> named = new TreeMap<>();

  /** Queues that may still be used, those without a name included. */
  private final List<NamedQueue> all = new ArrayList<>();

  NamedQueues(MemoryStore store) {
    this.store = store;
  }

  /** A queue by name; null if there is none. */
  public NamedQueue find(String name) {
    return named.get(name);
  }

  /** The names that queues have. */
  List<String> names() {
    return List.copyOf(named.keySet());
  }

  /**
   * Makes a queue.
   *
   * @param limit bytes that all queues of the user may count for; more fail with EMFILE
   */
  public NamedQueue make(
      String name, int most, int size, long inode, int permissions, Identity who, long limit) {
    int user = who.user().file();
    long used =
        all.stream().filter(q -> q.stat().uid() == user).mapToLong(NamedQueue::charge).sum();
    if (limit >= 0 && used + NamedQueue.charge(most, size) > limit) {
      throw new SysError(Errno.EMFILE);
    }
    if (named.size() >= MOST) {
      throw new SysError(Errno.ENOSPC);
    }
    NamedQueue queue = new NamedQueue(store, most, size, inode, permissions, who);
    named.put(name, queue);
    all.add(queue);
    return queue;
  }

  /** Takes a queue's name away; who has it open goes on using it. */
  public void unlink(String name) {
    NamedQueue queue = named.remove(name);
    queue.unlinked();
    tidy(queue);
  }

  private void tidy(NamedQueue queue) {
    if (queue.isGone()) {
      all.remove(queue);
      queue.drop();
    }
  }

  void closed(NamedQueue queue) {
    queue.closed();
    tidy(queue);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }
}
