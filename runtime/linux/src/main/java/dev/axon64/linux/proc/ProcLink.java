package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Stat;

/** A link of /proc, which may lead to something that its text does not name. */
final class ProcLink extends LinkNode {
  private final String path;
  private final String target;
  private final Node jump;

  /**
   * A link.
   *
   * @param target its text
   * @param jump where it leads; null if the text says so
   */
  ProcLink(String path, String target, Node jump) {
    this.path = path;
    this.target = target;
    this.jump = jump;
  }

  @Override
  public Stat stat() {
    return ProcFolder.stat(Flags.S_IFLNK | 0777, path);
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public Node jump() {
    return jump;
  }
}
