package dev.axon64.linux.fs;

import dev.axon64.linux.identity.Identity;

/** A symbolic link. */
public abstract non-sealed class LinkNode extends Node {
  /** The path that it holds. */
  public abstract String target();

  /** The node that it leads to whatever its path says, as under /proc; null for other links. */
  public Node jump() {
    return null;
  }

  /** The same for somebody who may need permission to be led there. */
  public Node jump(Identity who) {
    return jump();
  }
}
