package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.memory.StoredPages;

/** A file system in memory: numbers and owner of its files, and the limit of their sizes. */
public final class MemoryStore implements StoredPages.Room {
  private static final long DEVICE = 0x17;
  private final MemoryLimit memory;
  private final long most;
  private final int uid;
  private final int gid;
  private long used;
  private long lastInode = 1;
  private boolean sealed;

  /**
   * An empty file system.
   *
   * @param bytes that all its files may take together
   * @param uid owner of new files
   * @param gid group of new files
   */
  public MemoryStore(long bytes, int uid, int gid) {
    this(bytes, uid, gid, new MemoryLimit(Long.MAX_VALUE));
  }

  /**
   * An empty file system whose files can be mapped.
   *
   * @param bytes that all its files may take together
   * @param uid owner of new files
   * @param gid group of new files
   * @param memory of the processes that map its files
   */
  public MemoryStore(long bytes, int uid, int gid, MemoryLimit memory) {
    this.memory = memory;
    this.most = bytes;
    this.uid = uid;
    this.gid = gid;
  }

  /** A new inode, which takes some room; fails with ENOSPC if there is none. */
  Inode inode(int mode) {
    take(Inode.ROOM);
    return new Inode(this, DEVICE, ++lastInode, mode, uid, gid);
  }

  /** The bytes of a new file. */
  StoredPages pages() {
    return new StoredPages(memory, this);
  }

  @Override
  public boolean takePage() {
    if (free() < StoredPages.ROOM) {
      return false;
    }
    used += StoredPages.ROOM;
    return true;
  }

  @Override
  public void giveBackPages(int count) {
    used -= (long) count * StoredPages.ROOM;
  }

  /** Refuses changes from now on. */
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

  /** Bytes that its files may still take. */
  public long free() {
    return most - used;
  }

  /** Bytes that its files may take together. */
  public long most() {
    return most;
  }

  public void take(long bytes) {
    if (bytes > most - used) {
      throw new SysError(Errno.ENOSPC);
    }
    used += bytes;
  }

  public void giveBack(long bytes) {
    used -= bytes;
  }
}
