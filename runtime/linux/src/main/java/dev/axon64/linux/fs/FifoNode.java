package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;

/** A named pipe in memory. */
public final class FifoNode extends Node {
  final Inode inode;
  private final Pipe pipe;

  private FifoNode(MemoryStore store, Inode inode) {
    this.inode = inode;
    this.pipe = new Pipe(store, inode.stat(0).inode());
  }

  /** A node that has no name yet. */
  static FifoNode in(MemoryStore store, int mode) {
    return new FifoNode(store, store.inode(Flags.S_IFIFO | mode & 07777));
  }

  /** The pipe, of which everybody who opens the node gets an end. */
  public Pipe pipe() {
    return pipe;
  }

  @Override
  public Stat stat() {
    return inode.stat(0);
  }

  @Override
  Attributes attributes() {
    return inode;
  }
}
