package dev.axon64.linux.ipc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Stat;
import java.time.Instant;
import java.util.List;

/** The folder /dev/mqueue, in which the POSIX message queues are (mq_overview(7)). */
public final class QueueFolder extends DirectoryNode {
  private static final int USABLE = Flags.O_ACCMODE | Flags.O_NONBLOCK;

  private final NamedQueues queues;
  private final DirectoryNode parent;
  private final Instant made = Instant.now();

  /** A folder within another one. */
  public QueueFolder(NamedQueues queues, DirectoryNode parent) {
    this.queues = queues;
    this.parent = parent;
  }

  @Override
  public Stat stat() {
    return new Stat(NamedQueue.DEVICE, 1, Flags.S_IFDIR | 01777, 2, 0, 0, 0, 40, made, made, made);
  }

  @Override
  public DirectoryNode parent() {
    return parent;
  }

  @Override
  public String name() {
    return "mqueue";
  }

  @Override
  public Node lookup(String child) {
    NamedQueue queue = queues.find(child);
    return queue == null
        ? null
        : DeviceNode.standingFor(
            queue::stat, (node, flags) -> new NamedQueueFile(queues, queue, child, flags & USABLE));
  }

  @Override
  public List<String> names() {
    return queues.names();
  }

  @Override
  public void removeFile(String child) {
    queues.unlink(child);
  }

  @Override
  public void rename(String child, DirectoryNode to, String newName) {
    throw new SysError(Errno.EPERM);
  }

  @Override
  protected int refusesAddition() {
    return Errno.EPERM;
  }

  @Override
  protected int refusesRemoval() {
    return Errno.EPERM;
  }
}
