package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.time.Instant;

/** The attributes of a node in memory, which can be changed unless its file system is sealed. */
final class Inode implements Attributes {
  /** Bytes that a node counts for, without its contents. */
  static final int ROOM = 1024;

  private final MemoryStore store;
  private final StoredAttributes extended;
  private final long device;
  private final long number;
  private int mode;
  private int uid;
  private int gid;
  int links = 1;
  private Instant accessed = Instant.now();
  private Instant modified = accessed;
  Instant changed = accessed;

  Inode(MemoryStore store, long device, long number, int mode, int uid, int gid) {
    this.store = store;
    this.extended = new StoredAttributes(store);
    this.device = device;
    this.number = number;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
  }

  /** The inode of a node; null if the node is not in memory. */
  static Inode of(Node node) {
    return node.attributes() instanceof Inode inode ? inode : null;
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

  @Override
  public void chmod(int bits) {
    store.checkWritable();
    mode = mode & Flags.S_IFMT | bits & 07777;
    changed = Instant.now();
  }

  @Override
  public void chown(int newUid, int newGid) {
    store.checkWritable();
    uid = newUid == -1 ? uid : newUid;
    gid = newGid == -1 ? gid : newGid;
    changed = Instant.now();
  }

  @Override
  public void own(int newUid, int newGid, int bits) {
    uid = newUid;
    gid = newGid;
    mode = mode & Flags.S_IFMT | bits & 07777;
  }

  @Override
  public void setTimes(Instant newAccessed, Instant newModified) {
    store.checkWritable();
    accessed = newAccessed == null ? accessed : newAccessed;
    modified = newModified == null ? modified : newModified;
    changed = Instant.now();
  }

  @Override
  public ExtendedAttributes extended() {
    return extended;
  }

  /** Gives back the room that it takes. */
  void free() {
    extended.free();
    store.giveBack(ROOM);
  }

  @Override
  public boolean isWritable() {
    return !store.isSealed();
  }
}
