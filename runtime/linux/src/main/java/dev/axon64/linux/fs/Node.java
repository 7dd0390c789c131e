package dev.axon64.linux.fs;

import dev.axon64.linux.abi.SysError;
import java.time.Instant;

/** A file, folder, link, device or named pipe. Every method may throw {@link SysError}. */
public abstract sealed class Node permits DirectoryNode, FileNode, LinkNode, DeviceNode, FifoNode {
  /** Its type, permissions, owner, size and times. */
  public abstract Stat stat();

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

  /** Sets the times of access and modification; null keeps the one or the other. */
  public final void setTimes(Instant accessed, Instant modified) {
    attributes().setTimes(accessed, modified);
  }

  /** Whether the file system that it is in can be changed. */
  public final boolean isWritableTree() {
    return attributes().isWritable();
  }
}
