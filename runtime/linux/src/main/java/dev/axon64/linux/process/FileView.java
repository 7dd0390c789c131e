package dev.axon64.linux.process;

import dev.axon64.linux.fs.DirectoryNode;

/** Where a process stands in the tree of files. */
public final class FileView {
  public DirectoryNode root;
  public DirectoryNode current;
  public int umask;

  public FileView(DirectoryNode root, DirectoryNode current, int umask) {
    this.root = root;
    this.current = current;
    this.umask = umask;
  }

  /** A copy for a child. */
  public FileView fork() {
    return new FileView(root, current, umask);
  }
}
