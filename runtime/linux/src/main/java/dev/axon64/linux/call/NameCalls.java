package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** Calls that make, move and remove names. */
final class NameCalls implements CallGroup {
  private static final int S_IFBLK = 0x6000;
  private static final int RENAME_NOREPLACE = 1;
  private static final int RENAME_EXCHANGE = 2;
  private static final int RENAME_WHITEOUT = 4;

  private final Kernel kernel;

  NameCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.MKNODAT, this::makeNode);
    table.bind(SystemCall.MKDIRAT, this::makeDirectory);
    table.bind(SystemCall.UNLINKAT, this::unlink);
    table.bind(SystemCall.SYMLINKAT, this::symlink);
    table.bind(SystemCall.READLINKAT, this::readlink);
    table.bind(SystemCall.LINKAT, this::link);
    table.bind(SystemCall.RENAMEAT, (t, a) -> rename(t, a, 0));
    table.bind(SystemCall.RENAMEAT2, (t, a) -> rename(t, a, (int) a[4]));
  }

  /** The place of a name that does not exist yet; fails with EEXIST if it does. */
  private static PathWalk.Place fresh(Task task, long folder, long path) {
    PathWalk.Place place = Guest.place(task, folder, path, false);
    if (place.node() != null || place.parent() == null) {
      throw new SysError(Errno.EEXIST);
    }
    return place;
  }

  /** The same for anything but a folder, whose name must not end with a slash. */
  private static PathWalk.Place freshFile(Task task, long folder, long path) {
    PathWalk.Place place = fresh(task, folder, path);
    if (place.mustBeDirectory()) {
      throw new SysError(Errno.ENOENT);
    }
    return place;
  }

  private long makeNode(Task task, long[] a) {
    int type = (int) a[2] & Flags.S_IFMT;
    if (type == Flags.S_IFDIR) {
      throw new SysError(Errno.EPERM);
    }
    boolean known = type == Flags.S_IFCHR || type == S_IFBLK || type == Flags.S_IFSOCK;
    if (type != 0 && type != Flags.S_IFREG && type != Flags.S_IFIFO && !known) {
      throw new SysError(Errno.EINVAL);
    }
    PathWalk.Place place = freshFile(task, a[0], a[1]);
    Rights.checkAddition(task, place.parent());
    int mode = task.process.view.masked(a[2]);
    if (type == 0 || type == Flags.S_IFREG) {
      place.parent().createFile(place.name(), mode);
    } else if (type == Flags.S_IFIFO) {
      place.parent().createFifo(place.name(), mode);
    } else if (type == Flags.S_IFSOCK) {
      place.parent().createSocket(place.name(), mode);
    } else {
      throw new SysError(Errno.EPERM);
    }
    Rights.own(task, place, place.parent().lookup(place.name()), mode);
    kernel.notices.created(place.parent(), place.name());
    return 0;
  }

  private long makeDirectory(Task task, long[] a) {
    PathWalk.Place place = fresh(task, a[0], a[1]);
    Rights.checkAddition(task, place.parent());
    int mode = task.process.view.masked(a[2]) & (0777 | Flags.S_ISVTX);
    Rights.own(task, place, place.parent().createDirectory(place.name(), mode), mode);
    kernel.notices.created(place.parent(), place.name());
    return 0;
  }

  private long unlink(Task task, long[] a) {
    if ((a[2] & ~Flags.AT_REMOVEDIR) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    String path = Guest.path(task, a[1]);
    PathWalk.Place place = Guest.walk(task, a[0], path, false);
    boolean isFolder = place.existing() instanceof DirectoryNode;
    if ((a[2] & Flags.AT_REMOVEDIR) != 0) {
      removeFolder(task, place, path, isFolder);
      return 0;
    }
    if (place.parent() != null) {
      Rights.checkRemoval(task, place.parent(), place.node());
    }
    if (isFolder || place.parent() == null) {
      throw new SysError(Errno.EISDIR);
    }
    Notices.Removal removal = kernel.notices.removing(place);
    place.parent().removeFile(place.name());
    removed(removal);
    return 0;
  }

  private static void removed(Notices.Removal removal) {
    if (removal != null) {
      removal.done();
    }
  }

  private void removeFolder(Task task, PathWalk.Place place, String path, boolean isFolder) {
    if (place.parent() == null) {
      String last = path.replaceFirst("/+$", "");
      last = last.substring(last.lastIndexOf('/') + 1);
      throw new SysError(
          last.equals(".") ? Errno.EINVAL : last.equals("..") ? Errno.ENOTEMPTY : Errno.EBUSY);
    }
    Rights.checkRemoval(task, place.parent(), place.node());
    if (!isFolder) {
      throw new SysError(Errno.ENOTDIR);
    }
    Notices.Removal removal = kernel.notices.removing(place);
    place.parent().removeDirectory(place.name());
    removed(removal);
  }

  private long symlink(Task task, long[] a) {
    String target = Guest.path(task, a[0]);
    if (target.isEmpty()) {
      throw new SysError(Errno.ENOENT);
    }
    PathWalk.Place place = freshFile(task, a[1], a[2]);
    Rights.checkAddition(task, place.parent());
    place.parent().createLink(place.name(), target);
    Rights.own(task, place, place.parent().lookup(place.name()), 0777);
    kernel.notices.created(place.parent(), place.name());
    return 0;
  }

  private long link(Task task, long[] a) {
    if ((a[4] & ~(Flags.AT_SYMLINK_FOLLOW | Flags.AT_EMPTY_PATH)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean follow = (a[4] & Flags.AT_SYMLINK_FOLLOW) != 0;
    String old = Guest.path(task, a[1]);
    Node node;
    if (old.isEmpty() && (a[4] & Flags.AT_EMPTY_PATH) != 0) {
      if (!task.identity.can(Capabilities.DAC_READ_SEARCH)) {
        throw new SysError(Errno.ENOENT);
      }
      node = Guest.nodeOf(Guest.file(task, a[0]));
    } else {
      node = Guest.walk(task, a[0], old, follow).existing();
    }
    PathWalk.Place place = freshFile(task, a[2], a[3]);
    checkLinkable(task, node);
    Rights.checkAddition(task, place.parent());
    place.parent().addName(place.name(), node);
    kernel.notices.happened(Notices.ATTRIB, PathWalk.Place.of(node));
    kernel.notices.created(place.parent(), place.name());
    return 0;
  }

  /** Refuses a name for a file that is neither the thread's own nor harmless to it. */
  private static void checkLinkable(Task task, Node node) {
    Stat stat = node.stat();
    if (Permissions.own(task.identity, stat) || node instanceof LinkNode) {
      return;
    }
    boolean marked = Rights.withoutMarks(stat.mode()) != (stat.mode() & 07777);
    int wanted = Permissions.READ | Permissions.WRITE;
    if (stat.type() != Flags.S_IFREG || marked || !Permissions.allow(task.identity, stat, wanted)) {
      throw new SysError(Errno.EPERM);
    }
  }

  private long rename(Task task, long[] a, int flags) {
    boolean exchange = (flags & RENAME_EXCHANGE) != 0;
    if ((flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT)) != 0
        || exchange && (flags & (RENAME_NOREPLACE | RENAME_WHITEOUT)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if ((flags & RENAME_WHITEOUT) != 0) {
      throw new SysError(Errno.EPERM); // it would make a device
    }
    PathWalk.Place from = Guest.place(task, a[0], a[1], false);
    PathWalk.Place to = Guest.place(task, a[2], a[3], false);
    Node node = from.existing();
    if (from.parent() == null || to.parent() == null) {
      throw new SysError(Errno.EBUSY);
    }
    if (to.node() != null && (flags & RENAME_NOREPLACE) != 0) {
      throw new SysError(Errno.EEXIST);
    }
    if (exchange) {
      exchange(task, from, node, to);
      return 0;
    }
    checkPlaces(from, node, to);
    checkRights(task, from, node, to);
    checkKinds(node, to.node());
    Notices.Removal replaced = kernel.notices.removing(to);
    from.parent().rename(from.name(), to.parent(), to.name());
    kernel.notices.moved(from, to, replaced);
    return 0;
  }

  private void exchange(Task task, PathWalk.Place from, Node node, PathWalk.Place to) {
    Node other = to.existing();
    if (node instanceof DirectoryNode moved && to.parent().isWithin(moved)
        || other instanceof DirectoryNode back && from.parent().isWithin(back)) {
      throw new SysError(Errno.EINVAL);
    }
    checkRights(task, from, node, to);
    from.parent().exchange(from.name(), to.parent(), to.name());
    kernel.notices.moved(from, to, null);
    kernel.notices.moved(to, from, null);
  }

  private static void checkRights(Task task, PathWalk.Place from, Node node, PathWalk.Place to) {
    Rights.checkRemoval(task, from.parent(), node);
    if (to.node() == null) {
      Rights.checkAddition(task, to.parent());
    } else {
      Rights.checkRemoval(task, to.parent(), to.node());
    }
    if (node instanceof DirectoryNode && from.parent() != to.parent()) {
      Rights.check(task, node, Permissions.WRITE); // its .. changes
    }
  }

  /** Fails if a node would lie in itself, or has no folder's name and should get one. */
  private static void checkPlaces(PathWalk.Place from, Node node, PathWalk.Place to) {
    if (!(node instanceof DirectoryNode) && to.mustBeDirectory()) {
      throw new SysError(Errno.ENOTDIR);
    }
    if (node instanceof DirectoryNode moved && to.parent().isWithin(moved)) {
      throw new SysError(Errno.EINVAL);
    }
    if (to.node() instanceof DirectoryNode replaced && from.parent().isWithin(replaced)) {
      throw new SysError(Errno.ENOTEMPTY);
    }
  }

  /** Fails if a node cannot take the place of what has the name. */
  private static void checkKinds(Node node, Node replaced) {
    boolean directory = node instanceof DirectoryNode;
    if (directory && replaced != null && !(replaced instanceof DirectoryNode)) {
      throw new SysError(Errno.ENOTDIR);
    }
    if (!directory && replaced instanceof DirectoryNode) {
      throw new SysError(Errno.EISDIR);
    }
  }

  private long readlink(Task task, long[] a) {
    if ((int) a[3] <= 0) {
      throw new SysError(Errno.EINVAL);
    }
    String path = Guest.path(task, a[1]);
    Node node =
        path.isEmpty() ? opened(task, a[0]) : Guest.walk(task, a[0], path, false).existing();
    if (!(node instanceof LinkNode link)) {
      throw new SysError(path.isEmpty() ? Errno.ENOENT : Errno.EINVAL);
    }
    link.jump(task.identity); // fails if the thread may not look there
    byte[] target = GuestText.bytes(link.target());
    int count = Math.min(target.length, (int) a[3]);
    task.cpu.memory.write(a[2], target, 0, count);
    return count;
  }

  /** The link that a descriptor was opened on. */
  private static Node opened(Task task, long descriptor) {
    if ((int) descriptor == Flags.AT_FDCWD) {
      throw new SysError(Errno.ENOENT);
    }
    return Guest.file(task, descriptor).node();
  }
}
