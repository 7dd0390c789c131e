package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.identity.Identity;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks a path name by name (path_resolution(7)). Links are followed here and never by the host:
 * absolute ones start at the guest's root, and {@code ..} of the root is the root. With a sysroot,
 * an absolute path leads to what it leads to there, if that is anything; but folders that the root
 * has, too, are the root's.
 */
public final class PathWalk {
  private static final int MOST_LINKS = 40;
  private static final int LONGEST_PATH = 4095;
  private static final int LONGEST_NAME = 255;

  /**
   * Where a path leads.
   *
   * @param parent the folder of the last name; null if the path ends with {@code .} or {@code ..},
   *     or with a link that leads to a node directly
   * @param name the last name in that folder; null if there is no such folder
   * @param node what has the name; null if nothing has
   * @param mustBeDirectory whether the path ends with a slash
   * @param jumped the text of a link that led to the node directly; null if none did
   */
  public record Place(
      DirectoryNode parent, String name, Node node, boolean mustBeDirectory, String jumped) {
    Place(DirectoryNode parent, String name, Node node, boolean mustBeDirectory) {
      this(parent, name, node, mustBeDirectory, null);
    }

    /** The place of a node that no path has led to. */
    public static Place of(Node node) {
      return new Place(null, null, node, false, null);
    }

    /** The node; fails with ENOENT if there is none. */
    public Node existing() {
      if (node == null) {
        throw new SysError(Errno.ENOENT);
      }
      return node;
    }

    /** The name that led here, for somebody who opens the node; null if none did. */
    FileName hold() {
      return parent == null || node instanceof DirectoryNode ? null : parent.hold(name);
    }

    /** The path as the guest sees it; empty if it is not known. */
    public String path() {
      if (node instanceof DirectoryNode directory) {
        return directory.path();
      }
      if (parent == null) {
        return jumped == null ? "" : jumped;
      }
      return parent.path(name);
    }
  }

  /**
   * What a walk keeps to.
   *
   * @param who needs permission to walk through folders; null for the kernel, which does not
   * @param followLast whether a link at the end is followed
   * @param resolve bits of {@link Resolve}
   */
  public record Rules(Identity who, boolean followLast, int resolve) {
    public Rules(Identity who, boolean followLast) {
      this(who, followLast, 0);
    }

    /** Whether absolute paths start at the folder, too, or are refused. */
    public boolean staysInFolder() {
      return (resolve & (Resolve.BENEATH | Resolve.IN_ROOT)) != 0;
    }
  }

  private final DirectoryNode root;
  private final Rules rules;
  private final Resolve resolve;

  /** Whether the root is a sysroot, whose folders lie in the guest's root as the guest sees it. */
  private final boolean inSysroot;

  private final Deque<String> ahead = new ArrayDeque<>();
  private DirectoryNode at;
  private int links;
  private boolean slash;

  private PathWalk(
      DirectoryNode root, DirectoryNode from, Rules rules, Resolve resolve, boolean inSysroot) {
    this.root = root;
    this.at = from;
    this.rules = rules;
    this.resolve = resolve;
    this.inSysroot = inSysroot;
  }

  /**
   * Walks a path for the kernel.
   *
   * @param root where absolute paths and links start
   * @param from where other paths start
   * @param path the path; must not be empty
   * @param followLast whether a link at the end is followed
   */
  public static Place walk(
      DirectoryNode root, DirectoryNode from, String path, boolean followLast) {
    return walk(root, from, path, new Rules(null, followLast));
  }

  /** Walks a path by these rules. */
  public static Place walk(DirectoryNode root, DirectoryNode from, String path, Rules rules) {
    if (path.isEmpty()) {
      throw new SysError(Errno.ENOENT);
    }
    DirectoryNode sysroot = sysroot(root, path, rules);
    Place there = sysroot == null ? null : find(sysroot, path, rules, true);
    if (there != null && !(there.node instanceof DirectoryNode)) {
      return there;
    }
    Place here = there == null ? null : find(root, path, rules, false);
    if (there != null) {
      return here == null ? there : here; // a folder of both is the root's
    }
    return begin(root, from, path, rules, false).run();
  }

  private static PathWalk begin(
      DirectoryNode root, DirectoryNode from, String path, Rules rules, boolean inSysroot) {
    Resolve resolve = Resolve.of(rules.resolve(), root, from, path);
    PathWalk walk = new PathWalk(resolve.root(root), from, rules, resolve, inSysroot);
    walk.enter(path, true);
    return walk;
  }

  /** The folder in which a path is looked for before the root; null if there is none. */
  private static DirectoryNode sysroot(DirectoryNode root, String path, Rules rules) {
    boolean fromRoot = path.startsWith("/") && !rules.staysInFolder();
    return fromRoot && root instanceof RootDirectory top ? top.sysroot(path) : null;
  }

  /** What an absolute path leads to; null if that is nothing. */
  private static Place find(DirectoryNode root, String path, Rules rules, boolean inSysroot) {
    try {
      Place place = begin(root, root, path, rules, inSysroot).run();
      return place.node == null ? null : place;
    } catch (SysError e) {
      return null;
    }
  }

  private void enter(String path, boolean last) {
    if (path.length() > LONGEST_PATH) {
      throw new SysError(Errno.ENAMETOOLONG);
    }
    if (path.startsWith("/")) {
      resolve.checkJumpToRoot();
      at = root;
      resolve.checkFolder(at);
    }
    if (last) {
      slash |= path.endsWith("/") || path.endsWith("/.") || path.equals(".");
    }
    String[] names = path.split("/");
    for (int i = names.length - 1; i >= 0; i--) {
      if (!names[i].isEmpty()) {
        ahead.push(names[i]);
      }
    }
  }

  private Place run() {
    while (!ahead.isEmpty()) {
      String name = ahead.pop();
      Place end = step(name);
      if (end != null) {
        return end;
      }
    }
    return new Place(null, null, at, slash);
  }

  private Place step(String name) {
    if (rules.who() != null && !Permissions.enterAnyFolder(rules.who())) {
      Permissions.check(rules.who(), at.stat(), Permissions.EXECUTE);
    }
    if (name.equals(".")) {
      return null;
    }
    if (name.equals("..")) {
      resolve.checkParent(at);
      at = at.equals(root) ? root : parent();
      resolve.checkFolder(at);
      return null;
    }
    if (name.length() > LONGEST_NAME || GuestText.bytes(name).length > LONGEST_NAME) {
      throw new SysError(Errno.ENAMETOOLONG);
    }
    boolean last = ahead.isEmpty();
    Node node = at.lookup(name);
    if (node instanceof LinkNode link && (!last || rules.followLast() || slash)) {
      resolve.checkLink(link);
      return follow(link, last);
    }
    if (node instanceof DirectoryNode directory) {
      resolve.checkFolder(directory);
      at = directory;
      return last ? new Place(directory.parent(), name, directory, slash) : null;
    }
    if (!last) {
      throw new SysError(node == null ? Errno.ENOENT : Errno.ENOTDIR);
    }
    if (node != null && slash) {
      throw new SysError(Errno.ENOTDIR);
    }
    return new Place(at, name, node, slash);
  }

  private DirectoryNode parent() {
    DirectoryNode parent = at.parent();
    return inSysroot && parent instanceof RootDirectory ? root : parent;
  }

  private Place follow(LinkNode link, boolean last) {
    if (++links > MOST_LINKS) {
      throw new SysError(Errno.ELOOP);
    }
    Node jump = rules.who() == null ? link.jump() : link.jump(rules.who());
    if (jump == null) {
      String target = link.target();
      if (target.isEmpty()) {
        throw new SysError(Errno.ENOENT);
      }
      enter(target, last);
      return null;
    }
    if (jump instanceof DirectoryNode directory) {
      resolve.checkFolder(directory);
      at = directory;
      return null;
    }
    if (!last || slash) {
      throw new SysError(Errno.ENOTDIR);
    }
    return new Place(null, null, jump, false, link.target());
  }
}
