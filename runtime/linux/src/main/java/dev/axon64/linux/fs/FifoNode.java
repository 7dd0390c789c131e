package dev.axon64.linux.fs;

/** A named pipe in memory. */
public final class FifoNode extends Node {
  final Inode inode;
  private final Pipe pipe;

  FifoNode(MemoryStore store, Inode inode) {
    this.inode = inode;
    this.pipe = new Pipe(store, inode.stat(0).inode());
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
