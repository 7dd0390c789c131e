package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Calls that change permissions, owners and times. */
final class AttributeCalls implements CallGroup {
  private static final long UTIME_NOW = 0x3fffffff;
  private static final long UTIME_OMIT = 0x3ffffffe;

  /** Seconds that a time may be away from 1970, some 2,000 years. */
  private static final long MOST_SECONDS = 1L << 36;

  private final Kernel kernel;

  AttributeCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.FCHMOD, (t, a) -> chmod(t, open(t, a[0]), a[1]));
    table.bind(SystemCall.FCHMODAT, (t, a) -> chmod(t, Guest.place(t, a[0], a[1], true), a[2]));
    table.bind(SystemCall.FCHMODAT2, this::fchmodat2);
    table.bind(SystemCall.FCHOWNAT, this::fchownat);
    table.bind(SystemCall.FCHOWN, (t, a) -> chown(t, open(t, a[0]), a[1], a[2]));
    table.bind(SystemCall.UTIMENSAT, this::utimens);
    table.bind(SystemCall.UMASK, this::umask);
  }

  /** Where an open file is; fails with EPERM if it has no node. */
  private static PathWalk.Place open(Task task, long descriptor) {
    Guest.node(task, descriptor);
    return Guest.file(task, descriptor).place();
  }

  private long chmod(Task task, PathWalk.Place place, long mode) {
    Node node = place.existing();
    if (node instanceof LinkNode) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    int bits = (int) mode & 07777;
    if (node.isWritableTree()) {
      Rights.checkOwner(task, node);
      boolean keepsGroup =
          task.identity.can(Capabilities.FSETID) || task.identity.isInGroup(node.stat().gid());
      bits = keepsGroup ? bits : bits & ~Flags.S_ISGID;
    }
    node.chmod(bits);
    kernel.notices.happened(Notices.ATTRIB, place);
    return 0;
  }

  private long fchmodat2(Task task, long[] a) {
    Guest.checkFlags(a[3], Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_EMPTY_PATH);
    return chmod(task, named(task, a[0], a[1], a[3]), a[2]);
  }

  /** What a path names, or the descriptor if the path is empty and may be. */
  private static PathWalk.Place named(Task task, long folder, long address, long flags) {
    String path = Guest.path(task, address);
    if (path.isEmpty() && (flags & Flags.AT_EMPTY_PATH) != 0) {
      if ((int) folder == Flags.AT_FDCWD) {
        return PathWalk.Place.of(task.process.view.current);
      }
      Guest.nodeOf(Guest.file(task, folder));
      return Guest.file(task, folder).place();
    }
    return Guest.walk(task, folder, path, Guest.follows(flags));
  }

  /** Whether a thread may change owner and group: only its own files, to its own groups. */
  private static void checkChown(Task task, Stat stat, int uid, int gid) {
    Identity who = task.identity;
    boolean owns = who.user().file() == stat.uid();
    boolean may =
        who.can(Capabilities.CHOWN)
            || (uid == -1 || owns && uid == stat.uid())
                && (gid == -1 || owns && (who.isInGroup(gid) || gid == stat.gid()));
    if (!may) {
      throw new SysError(Errno.EPERM);
    }
  }

  private long chown(Task task, PathWalk.Place place, long uid, long gid) {
    Node node = place.existing();
    if (!node.isWritableTree()) {
      node.chown((int) uid, (int) gid); // which the file system refuses
      return 0;
    }
    Stat before = node.stat();
    checkChown(task, before, (int) uid, (int) gid);
    node.chown((int) uid, (int) gid);
    if (before.type() == Flags.S_IFREG) {
      int kept = Rights.withoutMarks(before.mode());
      if (kept != (node.stat().mode() & 07777)) {
        node.chmod(kept);
      }
    }
    kernel.notices.happened(Notices.ATTRIB, place);
    return 0;
  }

  private long fchownat(Task task, long[] a) {
    Guest.checkFlags(a[4], Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_EMPTY_PATH);
    return chown(task, named(task, a[0], a[1], a[4]), a[2], a[3]);
  }

  private long utimens(Task task, long[] a) {
    Instant now = Instant.ofEpochSecond(0, kernel.clock.realtime());
    Instant accessed = now;
    Instant modified = now;
    if (a[2] != 0) {
      ByteBuffer times = Guest.struct(task, a[2], 32);
      accessed = time(times.getLong(0), times.getLong(8), now);
      modified = time(times.getLong(16), times.getLong(24), now);
    }
    if (accessed == null && modified == null) {
      return 0; // without a look at the file
    }
    Guest.checkFlags(a[3], Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_EMPTY_PATH);
    if (a[1] == 0 && (int) a[0] == Flags.AT_FDCWD) {
      throw new SysError(Errno.EFAULT);
    }
    if (a[1] == 0 && a[3] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    PathWalk.Place place = a[1] == 0 ? open(task, a[0]) : named(task, a[0], a[1], a[3]);
    Node node = place.existing();
    boolean both = accessed == now && modified == now;
    if (node.isWritableTree() && !Permissions.own(task.identity, node.stat())) {
      if (!both) {
        throw new SysError(Errno.EPERM);
      }
      Rights.check(task, node, Permissions.WRITE);
    }
    node.setTimes(accessed, modified);
    kernel.notices.happened(Notices.ATTRIB, place);
    return 0;
  }

  /** The time of a struct timespec; null to leave a time as it is. */
  private static Instant time(long seconds, long nanoseconds, Instant now) {
    if (nanoseconds == UTIME_NOW) {
      return now;
    }
    if (nanoseconds == UTIME_OMIT) {
      return null;
    }
    if (nanoseconds < 0 || nanoseconds > 999_999_999 || Math.abs(seconds) > MOST_SECONDS) {
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
