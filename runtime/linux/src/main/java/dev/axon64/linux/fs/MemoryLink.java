package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;

/** A symbolic link in memory. */
public final class MemoryLink extends LinkNode {
  final Inode inode;
  private final String target;

  /** A link, which the caller puts into a folder. */
  public MemoryLink(MemoryStore store, String target) {
    this.inode = store.inode(Flags.S_IFLNK | 0777);
    this.target = target;
  }

  @Override
  public Stat stat() {
    return inode.stat(GuestText.bytes(target).length);
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  Attributes attributes() {
    return inode;
  }
}
