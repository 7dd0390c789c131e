package dev.axon64.linux.fs;

import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.lock.FileLocks;
import java.time.Instant;

/** A file, folder, link, device, named pipe or socket. Every method may throw {@link SysError}. */
public abstract sealed class Node
    permits DirectoryNode, FileNode, LinkNode, DeviceNode, FifoNode, SocketNode {
  private FileLocks locks;

  /** The locks that are set on it. */
  FileLocks locks() {
    if (locks == null) {
      locks = new FileLocks();
    }
    return locks;
  }

  /** Its type, permissions, owner, size and times. */
  public abstract Stat stat();

  /** Whether the name that it was opened by is still its own, as far as only the host knows. */
  boolean isNamed() {
    return true;
  }

  /** What changes its permissions, owner and times; refuses unless overridden. */
  Attributes attributes() {
    return Attributes.FIXED;
  }

  /** Sets the permission bits. */
  public final void chmod(int mode) {
    attributes().chmod(mode);
  }

  /** Sets owner and group; -1 keeps the one or the other. */
  public final void chown(int uid, int gid) {
    attributes().chown(uid, gid);
  }

  /** Gives something new its owner and mode. */
  public final void own(int uid, int gid, int mode) {
    attributes().own(uid, gid, mode);
  }

  /** Sets the times of access and modification; null keeps the one or the other. */
  public final void setTimes(Instant accessed, Instant modified) {
    attributes().setTimes(accessed, modified);
  }

  /** The extended attributes that users have given it. */
  public final ExtendedAttributes extended() {
    return attributes().extended();
  }

  /** Whether a program of it may act for its owner or group, if it is marked for that. */
  public final boolean givesIds() {
    return attributes().givesIds();
  }

  /** Whether the file system that it is in can be changed. */
  public final boolean isWritableTree() {
    return attributes().isWritable();
  }
}
