package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Calls that change names and what is behind them. */
final class PathCalls implements CallGroup {
  private static final int RENAME_NOREPLACE = 1;
  private static final long UTIME_NOW = 0x3fffffff;
  private static final long UTIME_OMIT = 0x3ffffffe;

  private final Kernel kernel;
  private final TransferCalls transfer;

  PathCalls(Kernel kernel, TransferCalls transfer) {
    this.kernel = kernel;
    this.transfer = transfer;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.MKNODAT, this::makeNode);
    table.bind(SystemCall.MKDIRAT, this::makeDirectory);
    table.bind(SystemCall.UNLINKAT, this::unlink);
    table.bind(SystemCall.SYMLINKAT, this::symlink);
    table.bind(SystemCall.LINKAT, this::link);
    table.bind(SystemCall.RENAMEAT, (t, a) -> rename(t, a, 0));
    table.bind(SystemCall.RENAMEAT2, (t, a) -> rename(t, a, (int) a[4]));
    table.bind(SystemCall.TRUNCATE, this::truncate);
    table.bind(SystemCall.CHDIR, this::chdir);
    table.bind(SystemCall.FCHDIR, this::fchdir);
    table.bind(SystemCall.CHROOT, this::chroot);
    table.bind(SystemCall.GETCWD, this::getcwd);
    table.bind(SystemCall.FCHMOD, (t, a) -> chmod(node(t, a[0]), a[1]));
    table.bind(SystemCall.FCHMODAT, (t, a) -> chmod(existing(t, a, true), a[2]));
    table.bind(SystemCall.FCHMODAT2, this::fchmodat2);
    table.bind(SystemCall.FCHOWNAT, this::fchownat);
    table.bind(SystemCall.FCHOWN, (t, a) -> chown(node(t, a[0]), a[1], a[2]));
    table.bind(SystemCall.READLINKAT, this::readlink);
    table.bind(SystemCall.UTIMENSAT, this::utimens);
    table.bind(SystemCall.UMASK, this::umask);
  }

  private static Node existing(Task task, long[] a, boolean follow) {
    return Guest.walk(task, a[0], Guest.path(task, a[1]), follow).existing();
  }

  private static Node node(Task task, long descriptor) {
    Node node = Guest.file(task, descriptor).node();
    if (node == null) {
      throw new SysError(Errno.EPERM);
    }
    return node;
  }

  /** A name that something new can get. */
  private static PathWalk.Place fresh(Task task, long folder, long path) {
    PathWalk.Place place = Guest.walk(task, folder, Guest.path(task, path), false);
    if (place.node() != null || place.parent() == null) {
      throw new SysError(Errno.EEXIST);
    }
    return place;
  }

  private static PathWalk.Place freshFile(Task task, long folder, long path) {
    PathWalk.Place place = fresh(task, folder, path);
    if (place.mustBeDirectory()) {
      throw new SysError(Errno.ENOENT);
    }
    return place;
  }

  private int masked(Task task, long mode) {
    return (int) mode & 07777 & ~task.process.view.umask;
  }

  private long makeNode(Task task, long[] a) {
    PathWalk.Place place = freshFile(task, a[0], a[1]);
    int type = (int) a[2] & Flags.S_IFMT;
    if (type == 0 || type == Flags.S_IFREG) {
      place.parent().createFile(place.name(), masked(task, a[2]));
    } else if (type == Flags.S_IFIFO) {
      place.parent().createFifo(place.name(), masked(task, a[2]));
    } else {
      throw new SysError(Errno.EPERM);
    }
    return 0;
  }

  private long makeDirectory(Task task, long[] a) {
    PathWalk.Place place = fresh(task, a[0], a[1]);
    place.parent().createDirectory(place.name(), masked(task, a[2]));
    return 0;
  }

  private long unlink(Task task, long[] a) {
    if ((a[2] & ~Flags.AT_REMOVEDIR) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean directory = (a[2] & Flags.AT_REMOVEDIR) != 0;
    String path = Guest.path(task, a[1]);
    PathWalk.Place place = Guest.walk(task, a[0], path, false);
    Node node = place.existing();
    if (place.parent() == null) {
      boolean dot = path.equals(".") || path.endsWith("/.");
      throw new SysError(directory ? dot ? Errno.EINVAL : Errno.EBUSY : Errno.EISDIR);
    }
    if (directory) {
      if (!(node instanceof DirectoryNode)) {
        throw new SysError(Errno.ENOTDIR);
      }
      place.parent().removeDirectory(place.name());
    } else {
      if (node instanceof DirectoryNode) {
        throw new SysError(Errno.EISDIR);
      }
      place.parent().removeFile(place.name());
    }
    return 0;
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
    Node node = existing(task, a, follow);
    PathWalk.Place place = freshFile(task, a[2], a[3]);
    place.parent().addName(place.name(), node);
    return 0;
  }

  private long rename(Task task, long[] a, int flags) {
    if ((flags & ~RENAME_NOREPLACE) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    PathWalk.Place from = Guest.walk(task, a[0], Guest.path(task, a[1]), false);
    PathWalk.Place to = Guest.walk(task, a[2], Guest.path(task, a[3]), false);
    Node node = from.existing();
    if (from.parent() == null || to.parent() == null) {
      throw new SysError(Errno.EBUSY);
    }
    if (to.node() != null && (flags & RENAME_NOREPLACE) != 0) {
      throw new SysError(Errno.EEXIST);
    }
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
    from.parent().rename(from.name(), to.parent(), to.name());
    return 0;
  }

  private long truncate(Task task, long[] a) {
    PathWalk.Place place = Guest.walk(task, Flags.AT_FDCWD, Guest.path(task, a[0]), true);
    Node node = place.existing();
    if (node instanceof DirectoryNode) {
      throw new SysError(Errno.EISDIR);
    }
    if (!(node instanceof FileNode file)) {
      throw new SysError(Errno.EINVAL);
    }
    RegularFile open = new RegularFile(Flags.O_RDWR, file, place.path(), file.open(true));
    open.retain();
    try {
      return transfer.resize(task, open, a[1]);
    } finally {
      open.release();
    }
  }

  private static DirectoryNode directory(Task task, long path) {
    Node node = Guest.walk(task, Flags.AT_FDCWD, Guest.path(task, path), true).existing();
    if (node instanceof DirectoryNode directory) {
      return directory;
    }
    throw new SysError(Errno.ENOTDIR);
  }

  private long chdir(Task task, long[] a) {
    task.process.view.current = directory(task, a[0]);
    return 0;
  }

  private long fchdir(Task task, long[] a) {
    if (!(Guest.file(task, a[0]) instanceof DirectoryFile file)) {
      throw new SysError(Errno.ENOTDIR);
    }
    task.process.view.current = file.directory();
    return 0;
  }

  /**
   * The root itself is allowed; any other would let {@code ..} of an open folder lead out of it.
   */
  private long chroot(Task task, long[] a) {
    if (directory(task, a[0]) != kernel.root) {
      throw new SysError(Errno.EPERM);
    }
    return 0;
  }

  private long getcwd(Task task, long[] a) {
    FileView view = task.process.view;
    byte[] path = view.current.path().getBytes(StandardCharsets.UTF_8);
    if (Long.compareUnsigned(a[1], path.length + 1L) < 0) {
      throw new SysError(Errno.ERANGE);
    }
    task.cpu.memory.write(a[0], Arrays.copyOf(path, path.length + 1));
    return path.length + 1L;
  }

  private static long chmod(Node node, long mode) {
    if (node instanceof LinkNode) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    node.chmod((int) mode & 07777);
    return 0;
  }

  private long fchmodat2(Task task, long[] a) {
    boolean follow = (a[3] & Flags.AT_SYMLINK_NOFOLLOW) == 0;
    return chmod(existing(task, a, follow), a[2]);
  }

  private static long chown(Node node, long uid, long gid) {
    node.chown((int) uid, (int) gid);
    return 0;
  }

  private long fchownat(Task task, long[] a) {
    String path = Guest.path(task, a[1]);
    if (path.isEmpty() && (a[4] & Flags.AT_EMPTY_PATH) != 0) {
      return chown(node(task, a[0]), a[2], a[3]);
    }
    boolean follow = (a[4] & Flags.AT_SYMLINK_NOFOLLOW) == 0;
    return chown(Guest.walk(task, a[0], path, follow).existing(), a[2], a[3]);
  }

  private long readlink(Task task, long[] a) {
    String path = Guest.path(task, a[1]);
    Node node = path.isEmpty() ? node(task, a[0]) : Guest.walk(task, a[0], path, false).existing();
    if (!(node instanceof LinkNode link)) {
      throw new SysError(Errno.EINVAL);
    }
    if ((int) a[3] <= 0) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] target = link.target().getBytes(StandardCharsets.UTF_8);
    int count = Math.min(target.length, (int) a[3]);
    task.cpu.memory.write(a[2], target, 0, count);
    return count;
  }

  private long utimens(Task task, long[] a) {
    Instant now = instant(kernel.clock.realtime());
    Instant accessed = now;
    Instant modified = now;
    if (a[2] != 0) {
      ByteBuffer times = Guest.struct(task, a[2], 32);
      accessed = time(times.getLong(0), times.getLong(8), now);
      modified = time(times.getLong(16), times.getLong(24), now);
    }
    boolean follow = (a[3] & Flags.AT_SYMLINK_NOFOLLOW) == 0;
    Node node = a[1] == 0 ? node(task, a[0]) : existing(task, a, follow);
    if (accessed != null || modified != null) {
      node.setTimes(accessed, modified);
    }
    return 0;
  }

  private static Instant instant(long nanoseconds) {
    return Instant.ofEpochSecond(0, nanoseconds);
  }

  private static Instant time(long seconds, long nanoseconds, Instant now) {
    if (nanoseconds == UTIME_NOW) {
      return now;
    }
    if (nanoseconds == UTIME_OMIT) {
      return null;
    }
    if (nanoseconds < 0 || nanoseconds > 999_999_999 || Math.abs(seconds) > 1L << 36) {
      throw new SysError(Errno.EINVAL);
    }
    return Instant.ofEpochSecond(seconds, nanoseconds);
  }

  private long umask(Task task, long[] a) {
    int old = task.process.view.umask;
    task.process.view.umask = (int) a[0] & 0777;
    return old;
  }
}
