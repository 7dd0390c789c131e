package dev.axon64.linux.ipc;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.fs.Watcher;
import java.nio.charset.StandardCharsets;

/** A message queue that is open (mq_open(3)). */
public final class NamedQueueFile extends OpenFile {
  private final NamedQueues queues;
  private final NamedQueue queue;
  private int position;

  /**
   * Opens a queue.
   *
   * @param flags access mode and status flags
   */
  public NamedQueueFile(NamedQueues queues, NamedQueue queue, String name, int flags) {
    super(flags, null, "/" + name);
    this.queues = queues;
    this.queue = queue;
    queue.opened();
  }

  /** What was opened. */
  public NamedQueue queue() {
    return queue;
  }

  @Override
  public Stat stat() {
    return queue.stat();
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    byte[] text = queue.status().getBytes(StandardCharsets.US_ASCII);
    int some = Math.clamp(text.length - position, 0, length);
    System.arraycopy(text, Math.min(position, text.length), to, offset, some);
    position += some;
    return some;
  }

  @Override
  public int ready() {
    int in = queue.count() > 0 ? Flags.POLLIN | Flags.POLLRDNORM : 0;
    return in | (queue.hasRoom() ? Flags.POLLOUT | Flags.POLLWRNORM : 0);
  }

  @Override
  public boolean canPoll() {
    return true;
  }

  @Override
  public void watch(Watcher watcher) {
    queue.watchers.add(watcher);
  }

  @Override
  public void unwatch(Watcher watcher) {
    queue.watchers.remove(watcher);
  }

  @Override
  public String kind() {
    return "a message queue";
  }

  @Override
  protected void left(Object owner) {
    queue.forget(owner);
  }

  @Override
  protected void close() {
    queues.closed(queue);
  }
}
