package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;

/** An open file description: what descriptors refer to. Every method may throw SysError. */
public abstract class OpenFile {
  private static final int CHANGEABLE = Flags.O_APPEND | Flags.O_NONBLOCK;

  private int flags;
  private int references;
  private final Node node;
  private final String path;

  /**
   * @param flags access mode and status flags
   * @param node what was opened, or null if it has no node
   * @param path what /proc/self/fd says
   */
  protected OpenFile(int flags, Node node, String path) {
    this.flags = flags;
    this.node = node;
    this.path = path;
  }

  /** What was opened, or null. */
  public final Node node() {
    return node;
  }

  /** What /proc/self/fd says. */
  public final String path() {
    return path;
  }

  /** Access mode and status flags. */
  public final int flags() {
    return flags;
  }

  /** Sets those flags that can be changed. */
  public final void setFlags(int wanted) {
    flags = flags & ~CHANGEABLE | wanted & CHANGEABLE;
  }

  public final boolean isReadable() {
    return (flags & Flags.O_ACCMODE) != Flags.O_WRONLY && (flags & Flags.O_PATH) == 0;
  }

  public final boolean isWritable() {
    return (flags & Flags.O_ACCMODE) != Flags.O_RDONLY && (flags & Flags.O_PATH) == 0;
  }

  public final boolean isNonBlocking() {
    return (flags & Flags.O_NONBLOCK) != 0;
  }

  /** One more descriptor refers to it. */
  public final OpenFile retain() {
    references++;
    return this;
  }

  /** One descriptor less; the last closes it. */
  public final void release() {
    if (--references == 0) {
      close();
    }
  }

  /** What fstat tells. */
  public Stat stat() {
    if (node == null) {
      throw new SysError(Errno.EBADF);
    }
    return node.stat();
  }

  /** Reads; 0 is the end. Called only when {@link #canRead}. */
  public int read(byte[] to, int offset, int length) {
    throw new SysError(Errno.EINVAL);
  }

  /** Writes; returns how many. Called only when {@link #canWrite}. */
  public int write(byte[] from, int offset, int length) {
    throw new SysError(Errno.EINVAL);
  }

  /** Whether read would not block. */
  public boolean canRead() {
    return true;
  }

  /** Whether writing {@code length} bytes would make progress. */
  public boolean canWrite(int length) {
    return true;
  }

  /** Whether the other side is gone, for poll. */
  public boolean isHungUp() {
    return false;
  }

  /** Reads at a position without moving. */
  public int read(long position, byte[] to, int offset, int length) {
    throw new SysError(Errno.ESPIPE);
  }

  /** Writes at a position without moving. */
  public int write(long position, byte[] from, int offset, int length) {
    throw new SysError(Errno.ESPIPE);
  }

  /** Moves the position; returns the new one. */
  public long seek(long offset, int whence) {
    throw new SysError(Errno.ESPIPE);
  }

  /** Sets the size. */
  public void resize(long size) {
    throw new SysError(Errno.EINVAL);
  }

  /** Takes changes to the disk. */
  public void sync() {
    throw new SysError(Errno.EINVAL);
  }

  /** Bytes that can be read at once, for FIONREAD; -1 if unknown. */
  public long available() {
    return -1;
  }

  /** Whether it is a terminal. */
  public boolean isTerminal() {
    return false;
  }

  /** No descriptor refers to it any more. */
  protected void close() {}
}
