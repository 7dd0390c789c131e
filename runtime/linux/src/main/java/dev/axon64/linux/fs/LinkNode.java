package dev.axon64.linux.fs;

/** A symbolic link. */
public abstract non-sealed class LinkNode extends Node {
  /** The path that it holds. */
  public abstract String target();

  /** The node that it leads to whatever its path says, as under /proc; null for other links. */
  public Node jump() {
    return null;
  }
}
