package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Stat;

/** A link below /proc, which may lead to what its text does not name. */
final class ProcLink extends LinkNode {
  private final String path;
  private final String target;
  private final Node jump;

  /**
   * @param jump where it leads, or null to walk the text
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
