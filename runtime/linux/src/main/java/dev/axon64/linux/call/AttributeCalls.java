package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
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
    table.bind(SystemCall.FCHMOD, (t, a) -> chmod(Guest.node(t, a[0]), a[1]));
    table.bind(SystemCall.FCHMODAT, (t, a) -> chmod(Guest.existing(t, a[0], a[1], true), a[2]));
    table.bind(SystemCall.FCHMODAT2, this::fchmodat2);
    table.bind(SystemCall.FCHOWNAT, this::fchownat);
    table.bind(SystemCall.FCHOWN, (t, a) -> chown(Guest.node(t, a[0]), a[1], a[2]));
    table.bind(SystemCall.UTIMENSAT, this::utimens);
    table.bind(SystemCall.UMASK, this::umask);
  }

  private static long chmod(Node node, long mode) {
    if (node instanceof LinkNode) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    node.chmod((int) mode & 07777);
    return 0;
  }

  private long fchmodat2(Task task, long[] a) {
    boolean follow = Guest.follows(a[3]);
    return chmod(Guest.existing(task, a[0], a[1], follow), a[2]);
  }

  private static long chown(Node node, long uid, long gid) {
    node.chown((int) uid, (int) gid);
    return 0;
  }

  private long fchownat(Task task, long[] a) {
    String path = Guest.path(task, a[1]);
    if (path.isEmpty() && (a[4] & Flags.AT_EMPTY_PATH) != 0) {
      return chown(Guest.node(task, a[0]), a[2], a[3]);
    }
    return chown(Guest.walk(task, a[0], path, Guest.follows(a[4])).existing(), a[2], a[3]);
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
    boolean follow = Guest.follows(a[3]);
    Node node = a[1] == 0 ? Guest.node(task, a[0]) : Guest.existing(task, a[0], a[1], follow);
    if (accessed != null || modified != null) {
      node.setTimes(accessed, modified);
    }
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
