package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;

/** The name of a socket in the tree of files (unix(7)). */
public final class SocketNode extends Node {
  final Inode inode;

  /** The socket that was bound to it; it may have been closed since. */
  private Object socket;

  private SocketNode(Inode inode) {
    this.inode = inode;
  }

  /** A node in memory that has no name yet. */
  static SocketNode in(MemoryStore store, int mode) {
    return new SocketNode(store.inode(Flags.S_IFSOCK | mode & 07777));
  }

  /** The socket that was bound to it; null if there is none any more. */
  public Object socket() {
    return socket;
  }

  /** Notes which socket is bound to it; null for none any more. */
  public void setSocket(Object bound) {
    socket = bound;
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
