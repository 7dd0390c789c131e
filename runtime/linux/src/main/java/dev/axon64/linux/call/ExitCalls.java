package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.abi.WaitStatus;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.TracedEnd;
import dev.axon64.linux.process.Tracing;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.SigInfo;
import java.nio.ByteBuffer;

/** Calls that end threads and processes, and that wait for children to end. */
final class ExitCalls implements CallGroup {
  private static final int WNOHANG = 1;
  private static final int WUNTRACED = 2;
  private static final int WEXITED = 4;
  private static final int WCONTINUED = 8;
  private static final int WNOWAIT = 0x1000000;
  private static final int WAIT_FLAGS = 0xe000000f | WNOWAIT;

  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int P_PGID = 2;
  private static final int P_PIDFD = 3;

  /** Stands for all children, as in wait4. */
  private static final int ANY = -1;

  /** Stands for no child at all. */
  private static final int NOBODY = Integer.MAX_VALUE;

  private final Kernel kernel;

  ExitCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.EXIT, this::exit);
    table.bind(SystemCall.EXIT_GROUP, this::exitGroup);
    table.bind(SystemCall.WAIT4, this::wait4);
    table.bind(SystemCall.WAITID, this::waitid);
  }

  private long exit(Task task, long[] a) {
    int status = WaitStatus.exited(a[0]);
    kernel.tracedCalls.exiting(task, status, () -> kernel.end.thread(task, status));
    return 0;
  }

  private long exitGroup(Task task, long[] a) {
    int status = WaitStatus.exited(a[0]);
    kernel.tracedCalls.exiting(task, status, () -> kernel.end.process(task.process, status));
    return 0;
  }

  /**
   * What a wait tells of.
   *
   * @param process that ended, stopped or went on, or one of whose threads did
   * @param id of the process or thread
   * @param user that it acts for
   * @param trapped whether it stopped for the caller, which traces it
   * @param taken notes that the caller has seen it
   */
  private record News(
      Process process, int id, int user, int status, boolean trapped, Runnable taken) {
    byte[] info() {
      SigInfo info =
          trapped
              ? SigInfo.trapped(status >>> 8, id, user)
              : SigInfo.child(Signals.SIGCHLD, status, id, user);
      return info.bytes();
    }
  }

  /**
   * Whether somebody is waited for.
   *
   * @param which its number, its group as a negative number, 0 for the waiter's group, or ANY
   */
  private static boolean matches(Process waiter, int id, int group, int which) {
    if (which == ANY) {
      return true;
    }
    return which > 0 ? id == which : group == (which == 0 ? waiter.group : -which);
  }

  private static boolean isReportable(Process child, long options) {
    if (child.isZombie()) {
      return (options & WEXITED) != 0 && !child.endHeld;
    }
    if (child.jobStatus < 0) {
      return false;
    }
    boolean continued = child.jobStatus == WaitStatus.CONTINUED;
    return (options & (continued ? WCONTINUED : WUNTRACED)) != 0;
  }

  /**
   * What there is to tell a process; null if there is nothing yet. Fails with ECHILD if none can
   * come.
   */
  private News news(Process waiter, int which, long options) {
    boolean any = false;
    for (TracedEnd end : waiter.tracedEnds) {
      if (matches(waiter, end.id(), end.process().group, which)) {
        any = true;
        if ((options & WEXITED) != 0 && end.isReportable()) {
          return new News(
              end.process(),
              end.id(),
              end.user(),
              end.status(),
              false,
              () -> kernel.tracer.take(waiter, end));
        }
      }
    }
    for (Task tracee : waiter.tracees) {
      if (matches(waiter, tracee.id, tracee.process.group, which)) {
        any = true;
        Tracing tracing = tracee.tracing;
        if (tracing.news() != 0) {
          int user = tracee.identity.user().real();
          return new News(tracee.process, tracee.id, user, tracing.news(), true, tracing::tell);
        }
      }
    }
    for (Process child : waiter.children) {
      if (matches(waiter, child.id, child.group, which)) {
        any = true;
        if (isReportable(child, options)) {
          int user = child.identity.user().real();
          int status = child.isZombie() ? child.status : child.jobStatus;
          return new News(child, child.id, user, status, false, () -> take(child));
        }
      }
    }
    if (!any) {
      throw new SysError(Errno.ECHILD);
    }
    return null;
  }

  /** What there is to tell a thread, or null if there is nothing and the caller must not wait. */
  private News await(Task task, int which, long options) {
    Process waiter = task.process;
    News news = news(waiter, which, options);
    if (news == null && (options & WNOHANG) == 0) {
      throw task.park(Wait.until(() -> canGoOn(waiter, which, options)));
    }
    return news;
  }

  /** Whether there is something to tell, or nothing can come any more. */
  private boolean canGoOn(Process waiter, int which, long options) {
    try {
      return news(waiter, which, options) != null;
    } catch (SysError nobody) {
      return true;
    }
  }

  /** Notes that the parent has seen a child's status. */
  private void take(Process child) {
    if (child.isZombie()) {
      kernel.end.reap(child);
    } else {
      child.jobStatus = -1;
    }
  }

  private static void checkOptions(long options) {
    if ((options & ~WAIT_FLAGS & 0xffffffffL) != 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private long wait4(Task task, long[] a) {
    checkOptions(a[2]);
    if ((int) a[0] == Integer.MIN_VALUE) {
      throw new SysError(Errno.ESRCH);
    }
    News news = await(task, (int) a[0], a[2] | WEXITED);
    if (news == null) {
      return 0;
    }
    ByteBuffer usage = TimeCalls.usage(news.process);
    news.taken.run(); // a child is gone even if its status cannot be told
    if (a[1] != 0) {
      task.cpu.memory.store32(a[1], news.status);
    }
    if (a[3] != 0) {
      Guest.write(task, a[3], usage);
    }
    return news.id;
  }

  private long waitid(Task task, long[] a) {
    int which = which(task, (int) a[0], (int) a[1]);
    if ((a[3] & (WEXITED | WUNTRACED | WCONTINUED)) == 0) {
      throw new SysError(Errno.EINVAL);
    }
    checkOptions(a[3]);
    News news = await(task, which, a[3] | patience(task, a));
    if (news == null && (a[3] & WNOHANG) == 0) {
      throw new SysError(Errno.EAGAIN);
    }
    byte[] info = news == null ? new byte[SigInfo.SIZE] : news.info();
    ByteBuffer usage = news == null ? null : TimeCalls.usage(news.process);
    if (news != null && (a[3] & WNOWAIT) == 0) {
      news.taken.run();
    }
    if (a[4] != 0 && usage != null) {
      Guest.write(task, a[4], usage);
    }
    if (a[2] != 0) {
      task.cpu.memory.write(a[2], info);
    }
    return 0;
  }

  /** WNOHANG for a descriptor of a process that must not block. */
  private static int patience(Task task, long[] a) {
    boolean impatient = (int) a[0] == P_PIDFD && ProcessFileCalls.file(task, a[1]).isNonBlocking();
    return impatient ? WNOHANG : 0;
  }

  /** The children that waitid means, as wait4 names them. */
  private static int which(Task task, int kind, int id) {
    if (kind == P_PIDFD) {
      if (id < 0) {
        throw new SysError(Errno.EINVAL);
      }
      Process process = ProcessFileCalls.file(task, id).process();
      return process.reaped ? NOBODY : process.id;
    }
    boolean makesSense =
        switch (kind) {
          case P_ALL -> true;
          case P_PID -> id > 0;
          case P_PGID -> id >= 0;
          default -> false;
        };
    if (!makesSense) {
      throw new SysError(Errno.EINVAL);
    }
    return switch (kind) {
      case P_PID -> id;
      case P_PGID -> -id;
      default -> ANY;
    };
  }
}
