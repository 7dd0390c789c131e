package dev.axon64.runtime.linux.fs;

import dev.axon64.runtime.linux.abi.Flags;
import java.time.Instant;

/** What every node in memory has. */
final class Inode {
  /** Bytes that a node counts for, whatever it contains. */
  static final int ROOM = 1024;

  private final long device;
  private final long number;
  private int mode;
  private int uid;
  private int gid;
  int links = 1;
  private Instant accessed = Instant.now();
  private Instant modified = accessed;
  Instant changed = accessed;

  Inode(long device, long number, int mode, int uid, int gid) {
    this.device = device;
    this.number = number;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
  }

  /** The inode of a node in memory, or null. */
  static Inode of(Node node) {
    return switch (node) {
      case MemoryFile file -> file.inode;
      case MemoryLink link -> link.inode;
      case FifoNode fifo -> fifo.inode;
      default -> null;
    };
  }

  Stat stat(long size, int names) {
    return new Stat(device, number, mode, names, uid, gid, 0, size, accessed, modified, changed);
  }

  Stat stat(long size) {
    return stat(size, links);
  }

  void touch() {
    modified = Instant.now();
    changed = modified;
  }

  void chmod(int bits) {
    mode = mode & Flags.S_IFMT | bits & 07777;
    changed = Instant.now();
  }

  void chown(int newUid, int newGid) {
    uid = newUid == -1 ? uid : newUid;
    gid = newGid == -1 ? gid : newGid;
    changed = Instant.now();
  }

  void setTimes(Instant newAccessed, Instant newModified) {
    accessed = newAccessed == null ? accessed : newAccessed;
    modified = newModified == null ? modified : newModified;
    changed = Instant.now();
  }
}
