package dev.axon64.linux.fs;

/** A symbolic link. */
public abstract non-sealed class LinkNode extends Node {
  /** Its text. */
  public abstract String target();

  /** Where it leads without walking its text, as links below /proc do; null for others. */
  public Node jump() {
    return null;
  }
}
