package dev.axon64.runtime.linux.fs;

import dev.axon64.runtime.linux.abi.Errno;
import dev.axon64.runtime.linux.abi.SysError;
import java.time.Instant;

/** Anything that has a name in the tree. Every method may throw {@link SysError}. */
public abstract sealed class Node permits DirectoryNode, FileNode, LinkNode, DeviceNode, FifoNode {
  /** What it is and whose. */
  public abstract Stat stat();

  /** Sets the permission bits. */
  public void chmod(int mode) {
    throw new SysError(Errno.EROFS);
  }

  /** Sets owner and group; -1 leaves one as it is. */
  public void chown(int uid, int gid) {
    throw new SysError(Errno.EROFS);
  }

  /** Sets times; null leaves one as it is. */
  public void setTimes(Instant accessed, Instant modified) {
    throw new SysError(Errno.EROFS);
  }

  /** Whether anything of it can ever be changed. */
  public boolean isWritableTree() {
    return false;
  }
}
