package dev.axon64.linux.fs;

/** A regular file. */
public abstract non-sealed class FileNode extends Node {
  /** Opens its bytes; writing needs a writable tree. */
  public abstract FileBody open(boolean write);
}
