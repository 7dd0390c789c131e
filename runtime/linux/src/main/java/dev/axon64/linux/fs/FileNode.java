package dev.axon64.linux.fs;

/** A regular file. */
public abstract non-sealed class FileNode extends Node {
  /** Opens its bytes; fails if they are to be written and cannot be. */
  public abstract FileBody open(boolean write);
}
