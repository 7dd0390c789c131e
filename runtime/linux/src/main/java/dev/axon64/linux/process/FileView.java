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

  /** Whether a path lies in its root. */
  public boolean reaches(String path) {
    String top = root.path();
    return top.equals("/") || path.equals(top) || path.startsWith(top + "/");
  }

  /** A path as this view has it: from its own root on, if it lies in there. */
  public String seen(String path) {
    String top = root.path();
    if (top.equals("/") || !reaches(path)) {
      return path;
    }
    return path.equals(top) ? "/" : path.substring(top.length());
  }

  /** A copy for a child. */
  public FileView fork() {
    return new FileView(root, current, umask);
  }
}
