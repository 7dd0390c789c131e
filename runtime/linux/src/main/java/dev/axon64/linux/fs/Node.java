package dev.axon64.linux.fs;

import dev.axon64.linux.abi.SysError;
import java.time.Instant;

/** Anything that has a name in the tree. Every method may throw {@link SysError}. */
public abstract sealed class Node permits DirectoryNode, FileNode, LinkNode, DeviceNode, FifoNode {
  /** What it is and whose. */
  public abstract Stat stat();

  /** What can be changed of it: nothing, unless a node says otherwise. */
  Attributes attributes() {
    return Attributes.FIXED;
  }

  /** Sets the permission bits. */
  public final void chmod(int mode) {
    attributes().chmod(mode);
  }

  /** Sets owner and group; -1 leaves one as it is. */
  public final void chown(int uid, int gid) {
    attributes().chown(uid, gid);
  }

  /** Sets times; null leaves one as it is. */
  public final void setTimes(Instant accessed, Instant modified) {
    attributes().setTimes(accessed, modified);
  }

  /** Whether anything of it can ever be changed. */
  public final boolean isWritableTree() {
    return attributes().isWritable();
  }
}
