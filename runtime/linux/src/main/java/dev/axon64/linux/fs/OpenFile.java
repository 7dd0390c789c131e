package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.lock.FileLocks;
import java.util.ArrayList;
import java.util.List;

/**
 * What descriptors refer to (an open file description). Every method may throw {@link SysError}.
 */
public abstract class OpenFile {
  private static final int CHANGEABLE = Flags.O_APPEND | Flags.O_NONBLOCK | Flags.O_ASYNC;

  private int flags;
  private int references;
  private final Node node;
  private final String path;
  private FileName name;
  private FileLocks locks;
  private List<Runnable> atClose;
  private FileOwner owner;
  private Notices notices;

  /**
   * Something that was opened.
   *
   * @param flags access mode and status flags
   * @param node what was opened, or null if it has no node
   * @param path what /proc/self/fd shows
   */
  protected OpenFile(int flags, Node node, String path) {
    this.flags = flags;
    this.node = node;
    this.path = path;
  }

  /** What was opened; null if it has no node. */
  public final Node node() {
    return node;
  }

  /** What /proc/self/fd shows. */
  public final String path() {
    return name == null ? path : name.path(!node.isNamed());
  }

  /** Notes by which name it was opened. */
  public final OpenFile named(PathWalk.Place place) {
    name = place.hold();
    if (node instanceof FileNode file) {
      name = file.named(name);
    }
    return this;
  }

  /** By which name it was opened; null if that is not known. */
  final FileName heldName() {
    return name;
  }

  /** Where it was opened, as far as that is known. */
  public final PathWalk.Place place() {
    return name == null || name.isRemoved()
        ? PathWalk.Place.of(node)
        : new PathWalk.Place(name.folder(), name.name(), node, false);
  }

  /** Tells of all that is done with it from now on. */
  public final OpenFile telling(Notices to) {
    notices = to;
    tell(Notices.OPEN);
    return this;
  }

  /** Tells those who watch it what was done with it. */
  public final void tell(int event) {
    if (notices != null && (flags & Flags.O_PATH) == 0) {
      notices.happened(event, this);
    }
  }

  /** Access mode and status flags. */
  public final int flags() {
    return flags;
  }

  /** Sets the flags that can be changed after opening. */
  public final void setFlags(int wanted) {
    flags = flags & ~CHANGEABLE | wanted & CHANGEABLE;
  }

  public final boolean isReadable() {
    int mode = flags & Flags.O_ACCMODE;
    return (mode == Flags.O_RDONLY || mode == Flags.O_RDWR) && (flags & Flags.O_PATH) == 0;
  }

  public final boolean isWritable() {
    int mode = flags & Flags.O_ACCMODE;
    return (mode == Flags.O_WRONLY || mode == Flags.O_RDWR) && (flags & Flags.O_PATH) == 0;
  }

  public final boolean isNonBlocking() {
    return (flags & Flags.O_NONBLOCK) != 0;
  }

  /** Counts one more descriptor that refers to this. */
  public final OpenFile retain() {
    references++;
    return this;
  }

  /** The locks of what was opened. */
  public final FileLocks locks() {
    if (locks == null) {
      locks = node == null ? new FileLocks() : node.locks();
    }
    return locks;
  }

  /** A process closes a descriptor of this, which ends its locks of the file and F_NOTIFY. */
  public final void leave(Object descriptors) {
    if (node != null) {
      node.locks().clearAll(descriptors);
    }
    if (owner != null && owner.folder != null && owner.folderAsker == descriptors) {
      owner.folder.gone();
    }
    left(descriptors);
  }

  /** Counts one descriptor less; closes this after the last one. */
  public final void release() {
    if (--references == 0) {
      if (locks != null) {
        locks.unlockWhole(this);
        locks.clearAll(this);
      }
      if (owner != null && owner.alert != null) {
        unwatch(owner.alert);
      }
      if (atClose != null) {
        List.copyOf(atClose).forEach(Runnable::run);
      }
      tell(isWritable() ? Notices.CLOSE_WRITE : Notices.CLOSE_NOWRITE);
      if (notices != null) {
        notices.closed(this);
      }
      close();
    }
  }

  /** Who gets signals when it becomes ready. */
  public final FileOwner owner() {
    owner = owner == null ? new FileOwner() : owner;
    return owner;
  }

  /** Has something done when no descriptor refers to this any more. */
  public final void atClose(Runnable action) {
    atClose = atClose == null ? new ArrayList<>() : atClose;
    atClose.add(action);
  }

  /** Does not do so any more. */
  public final void notAtClose(Runnable action) {
    atClose.remove(action);
  }

  /** The attributes that fstat tells. */
  public Stat stat() {
    if (node == null) {
      throw new SysError(Errno.EBADF);
    }
    return node.stat();
  }

  /** Reads and returns how many bytes, 0 at the end; called only when {@link #canRead}. */
  public int read(byte[] to, int offset, int length) {
    throw new SysError(Errno.EINVAL);
  }

  /** Writes and returns how many bytes; called only when {@link #canWrite}. */
  public int write(byte[] from, int offset, int length) {
    throw new SysError(Errno.EINVAL);
  }

  /** Whether a read would return at once. */
  public boolean canRead() {
    return true;
  }

  /** Whether a read of so many bytes would return at once. */
  public boolean canRead(int length) {
    return canRead();
  }

  /**
   * Nanoseconds that a read waits for bytes at most, after which it returns what is there; {@link
   * Long#MAX_VALUE} without end.
   */
  public long patience() {
    return Long.MAX_VALUE;
  }

  /**
   * Whether the caller may read now. If not it has been sent a signal, which stops it, and its call
   * is made again when it goes on.
   */
  public boolean admitsRead() {
    return true;
  }

  /** Whether the caller may write now, as {@link #admitsRead} has it. */
  public boolean admitsWrite() {
    return true;
  }

  /** Whether a write of {@code length} bytes would make progress. */
  public boolean canWrite(int length) {
    return true;
  }

  /** Whether {@link #write} would take all or some of these bytes; asked in place of the above. */
  public boolean accepts(byte[] from, int length) {
    return canWrite(length);
  }

  /** Fails with what a read of so many bytes fails with, whatever there is to read. */
  public void checkRead(int length) {}

  /** Whether one call writes one message at most, however many bytes it is given. */
  public boolean isWhole() {
    return false;
  }

  /**
   * What it is ready for: the POLL bits that poll(2) tells, wanted or not. It changes only where
   * {@link #canPoll}.
   */
  public int ready() {
    return Flags.POLLIN | Flags.POLLOUT | Flags.POLLRDNORM | Flags.POLLWRNORM;
  }

  /** Whether it is ever not ready, so that epoll takes it. */
  public boolean canPoll() {
    return false;
  }

  /** Tells a watcher from now on when {@link #ready} may have changed. */
  public void watch(Watcher watcher) {}

  /** Does not tell it any more. */
  public void unwatch(Watcher watcher) {}

  /** What it is called where somebody is told that it cannot be saved. */
  public String kind() {
    return "a pipe or the like";
  }

  /** Reads at a given position and keeps the own one. */
  public int read(long position, byte[] to, int offset, int length) {
    throw new SysError(Errno.ESPIPE);
  }

  /** Writes at a given position and keeps the own one. */
  public int write(long position, byte[] from, int offset, int length) {
    throw new SysError(Errno.ESPIPE);
  }

  /** Moves the position and returns the new one. */
  public long seek(long offset, int whence) {
    throw new SysError(Errno.ESPIPE);
  }

  /** Sets the size of a file. */
  public void resize(long size) {
    throw new SysError(Errno.EINVAL);
  }

  /** Makes sure that changes are on the disk. */
  public void sync() {
    throw new SysError(Errno.EINVAL);
  }

  /** Bytes that can be read at once; -1 if that is unknown. */
  public long available() {
    return -1;
  }

  /** Called when somebody closes a descriptor of this, who may have others. */
  protected void left(Object owner) {}

  /** Called when no descriptor refers to this any more. */
  protected void close() {}
}
