package dev.axon64.linux.fs;

/** A regular file. */
public abstract non-sealed class FileNode extends Node {
  private FileName name;

  /** Notes a name by which it was opened; without one, tells the last. */
  final FileName named(FileName by) {
    name = by == null ? name : by;
    return name;
  }

  /** Whether its bytes are kept, so that limits on the size of files hold for it. */
  public boolean isStored() {
    return true;
  }

  /** Opens its bytes; fails if they are to be written and cannot be. */
  public abstract FileBody open(boolean write);
}
