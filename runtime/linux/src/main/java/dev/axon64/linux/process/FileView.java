package dev.axon64.linux.process;

import dev.axon64.linux.fs.DirectoryNode;

/** Root, working folder and file mode mask of a process. */
public final class FileView {
  public DirectoryNode root;
  public DirectoryNode current;
  public int umask;

  public FileView(DirectoryNode root, DirectoryNode current, int umask) {
    this.root = root;
    this.current = current;
    this.umask = umask;
  }

  /** The permission bits of a new file for which the process wants these. */
  public int masked(long mode) {
    return (int) mode & 07777 & ~umask;
  }

  /** A copy for a child. */
  public FileView fork() {
    return new FileView(root, current, umask);
  }
}
