package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;

/** The file system that files in memory belong to: their numbers, their owner, their limit. */
public final class MemoryStore {
  private static final long DEVICE = 0x17;
  private final long most;
  private final int uid;
  private final int gid;
  private long used;
  private long lastInode = 1;
  private boolean sealed;

  /**
   * @param bytes the most that all its files may take
   * @param uid owner of new files
   * @param gid group of new files
   */
  public MemoryStore(long bytes, int uid, int gid) {
    this.most = bytes;
    this.uid = uid;
    this.gid = gid;
  }

  /** A new inode, which takes some room itself. */
  Inode inode(int mode) {
    take(Inode.ROOM);
    return new Inode(this, DEVICE, ++lastInode, mode, uid, gid);
  }

  /** From now on nothing can be changed. */
  public void seal() {
    sealed = true;
  }

  boolean isSealed() {
    return sealed;
  }

  void checkWritable() {
    if (sealed) {
      throw new SysError(Errno.EROFS);
    }
  }

  /** Bytes that may still be taken. */
  public long free() {
    return most - used;
  }

  /** The most bytes. */
  public long most() {
    return most;
  }

  void take(long bytes) {
    if (bytes > most - used) {
      throw new SysError(Errno.ENOSPC);
    }
    used += bytes;
  }

  void giveBack(long bytes) {
    used -= bytes;
  }
}
