package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.process.Task;

/** Calls that make, move and remove names. */
final class NameCalls implements CallGroup {
  private static final int RENAME_NOREPLACE = 1;

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
    PathWalk.Place place = freshFile(task, a[0], a[1]);
    int type = (int) a[2] & Flags.S_IFMT;
    if (type == 0 || type == Flags.S_IFREG) {
      place.parent().createFile(place.name(), task.process.view.masked(a[2]));
    } else if (type == Flags.S_IFIFO) {
      place.parent().createFifo(place.name(), task.process.view.masked(a[2]));
    } else if (type == Flags.S_IFSOCK) {
      place.parent().createSocket(place.name(), task.process.view.masked(a[2]));
    } else {
      throw new SysError(Errno.EPERM);
    }
    return 0;
  }

  private long makeDirectory(Task task, long[] a) {
    PathWalk.Place place = fresh(task, a[0], a[1]);
    place.parent().createDirectory(place.name(), task.process.view.masked(a[2]));
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
      removeFolder(place, path, isFolder);
    } else if (isFolder || place.parent() == null) {
      throw new SysError(Errno.EISDIR);
    } else {
      place.parent().removeFile(place.name());
    }
    return 0;
  }

  private static void removeFolder(PathWalk.Place place, String path, boolean isFolder) {
    if (place.parent() == null) {
      boolean dot = path.equals(".") || path.endsWith("/.");
      throw new SysError(dot ? Errno.EINVAL : Errno.EBUSY);
    }
    if (!isFolder) {
      throw new SysError(Errno.ENOTDIR);
    }
    place.parent().removeDirectory(place.name());
  }

  private long symlink(Task task, long[] a) {
    String target = Guest.path(task, a[0]);
    if (target.isEmpty()) {
      throw new SysError(Errno.ENOENT);
    }
    PathWalk.Place place = freshFile(task, a[1], a[2]);
    place.parent().createLink(place.name(), target);
    return 0;
  }

  private long link(Task task, long[] a) {
    if ((a[4] & ~(Flags.AT_SYMLINK_FOLLOW | Flags.AT_EMPTY_PATH)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean follow = (a[4] & Flags.AT_SYMLINK_FOLLOW) != 0;
    Node node = Guest.existing(task, a[0], a[1], follow);
    PathWalk.Place place = freshFile(task, a[2], a[3]);
    place.parent().addName(place.name(), node);
    return 0;
  }

  private long rename(Task task, long[] a, int flags) {
    if ((flags & ~RENAME_NOREPLACE) != 0) {
      throw new SysError(Errno.EINVAL);
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
    checkRename(from, node, to);
    from.parent().rename(from.name(), to.parent(), to.name());
    return 0;
  }

  /** Fails if a node cannot get the name, because of what has it now or of where that lies. */
  private static void checkRename(PathWalk.Place from, Node node, PathWalk.Place to) {
    boolean directory = node instanceof DirectoryNode;
    if (!directory && to.mustBeDirectory()) {
      throw new SysError(Errno.ENOTDIR);
    }
    if (directory && to.node() != null && !(to.node() instanceof DirectoryNode)) {
      throw new SysError(Errno.ENOTDIR);
    }
    if (!directory && to.node() instanceof DirectoryNode) {
      throw new SysError(Errno.EISDIR);
    }
    if (node instanceof DirectoryNode moved && to.parent().isWithin(moved)) {
      throw new SysError(Errno.EINVAL);
    }
    if (to.node() instanceof DirectoryNode replaced && from.parent().isWithin(replaced)) {
      throw new SysError(Errno.ENOTEMPTY);
    }
  }

  private long readlink(Task task, long[] a) {
    String path = Guest.path(task, a[1]);
    Node node =
        path.isEmpty() ? Guest.node(task, a[0]) : Guest.walk(task, a[0], path, false).existing();
    if (!(node instanceof LinkNode link) || (int) a[3] <= 0) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] target = GuestText.bytes(link.target());
    int count = Math.min(target.length, (int) a[3]);
    task.cpu.memory.write(a[2], target, 0, count);
    return count;
  }
}
