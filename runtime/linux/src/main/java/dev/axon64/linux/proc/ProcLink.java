package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Identity;

/** A link of /proc, which may lead to something that its text does not name. */
final class ProcLink extends LinkNode {
  private final ProcOwner owner;
  private final int mode;
  private final String path;
  private final String target;
  private final Node jump;

  /**
   * A link.
   *
   * @param target its text
   * @param jump where it leads; null if the text says so
   */
  ProcLink(ProcOwner owner, int mode, String path, String target, Node jump) {
    this.owner = owner;
    this.mode = mode;
    this.path = path;
    this.target = target;
    this.jump = jump;
  }

  @Override
  public Stat stat() {
    return owner.stat(Flags.S_IFLNK | mode, path);
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public Node jump() {
    return jump;
  }

  @Override
  public Node jump(Identity who) {
    if (jump != null && !owner.isOpenTo(who)) {
      throw new SysError(Errno.EACCES);
    }
    return jump;
  }
}
