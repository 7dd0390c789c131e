package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;

/** What a walk must not do, as openat2(2) is told. */
public final class Resolve {
  /** Not into another file system. */
  public static final int NO_XDEV = 1;

  /** Not through links that lead to what their text does not name. */
  public static final int NO_MAGICLINKS = 2;

  /** Not through links. */
  public static final int NO_SYMLINKS = 4;

  /** Not out of the folder where it starts. */
  public static final int BENEATH = 8;

  /** As if the folder where it starts were the root. */
  public static final int IN_ROOT = 16;

  /** Only where nothing must be waited for, which is everywhere here. */
  public static final int CACHED = 32;

  /** All that there are. */
  public static final int KNOWN = 63;

  private final int bits;
  private final DirectoryNode from;

  private Resolve(int bits, DirectoryNode from) {
    this.bits = bits;
    this.from = from;
  }

  /** What a walk of a path must not do that starts in this folder, or at the root. */
  static Resolve of(int bits, DirectoryNode root, DirectoryNode from, String path) {
    boolean atRoot = path.startsWith("/") && (bits & (BENEATH | IN_ROOT)) == 0;
    return new Resolve(bits, atRoot ? root : from);
  }

  private boolean has(int bit) {
    return (bits & bit) != 0;
  }

  DirectoryNode root(DirectoryNode root) {
    return has(BENEATH | IN_ROOT) ? from : root;
  }

  void checkJumpToRoot() {
    if (has(BENEATH)) {
      throw new SysError(Errno.EXDEV);
    }
  }

  void checkParent(DirectoryNode at) {
    if (has(BENEATH) && at == from) {
      throw new SysError(Errno.EXDEV);
    }
  }

  void checkLink(LinkNode link) {
    boolean magic = link.jump() != null;
    if (has(NO_SYMLINKS) || magic && has(NO_MAGICLINKS)) {
      throw new SysError(Errno.ELOOP);
    }
    if (magic && has(BENEATH | IN_ROOT)) {
      throw new SysError(Errno.EXDEV);
    }
  }

  void checkFolder(DirectoryNode next) {
    if (has(NO_XDEV) && next.stat().device() != from.stat().device()) {
      throw new SysError(Errno.EXDEV);
    }
  }
}
