package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.abi.WaitStatus;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.SigInfo;
import java.nio.ByteBuffer;
import java.util.List;

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
    kernel.end.thread(task, WaitStatus.exited(a[0]));
    return 0;
  }

  private long exitGroup(Task task, long[] a) {
    kernel.end.process(task.process, WaitStatus.exited(a[0]));
    return 0;
  }

  /**
   * Whether a child is waited for.
   *
   * @param which its number, its group as a negative number, 0 for the waiter's group, or ANY
   */
  private static boolean matches(Process waiter, Process child, int which) {
    if (which == ANY) {
      return true;
    }
    return which > 0 ? child.id == which : child.group == (which == 0 ? waiter.group : -which);
  }

  private static boolean isReportable(Process child, long options) {
    if (child.isZombie()) {
      return (options & WEXITED) != 0;
    }
    if (child.jobStatus < 0) {
      return false;
    }
    boolean continued = child.jobStatus == WaitStatus.CONTINUED;
    return (options & (continued ? WCONTINUED : WUNTRACED)) != 0;
  }

  /** The child to report, or null if none is ready and the caller must not wait. */
  private static Process await(Task task, int which, long options) {
    Process waiter = task.process;
    List<Process> wanted =
        waiter.children.stream().filter(child -> matches(waiter, child, which)).toList();
    if (wanted.isEmpty()) {
      throw new SysError(Errno.ECHILD);
    }
    for (Process child : wanted) {
      if (isReportable(child, options)) {
        return child;
      }
    }
    if ((options & WNOHANG) != 0) {
      return null;
    }
    throw task.park(Wait.until(() -> canGoOn(waiter, which, options)));
  }

  /** Whether a child that is waited for can be reported, or none is left. */
  private static boolean canGoOn(Process waiter, int which, long options) {
    boolean any = false;
    for (Process child : waiter.children) {
      if (matches(waiter, child, which)) {
        any = true;
        if (isReportable(child, options)) {
          return true;
        }
      }
    }
    return !any;
  }

  private static int status(Process child) {
    return child.isZombie() ? child.status : child.jobStatus;
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
    Process child = await(task, (int) a[0], a[2] | WEXITED);
    if (child == null) {
      return 0;
    }
    int status = status(child);
    ByteBuffer usage = TimeCalls.usage(child);
    take(child); // which is gone even if its status cannot be told
    if (a[1] != 0) {
      task.cpu.memory.store32(a[1], status);
    }
    if (a[3] != 0) {
      Guest.write(task, a[3], usage);
    }
    return child.id;
  }

  private long waitid(Task task, long[] a) {
    int which = which(task, (int) a[0], (int) a[1]);
    if ((a[3] & (WEXITED | WUNTRACED | WCONTINUED)) == 0) {
      throw new SysError(Errno.EINVAL);
    }
    checkOptions(a[3]);
    Process child = await(task, which, a[3] | patience(task, a));
    if (child == null && (a[3] & WNOHANG) == 0) {
      throw new SysError(Errno.EAGAIN);
    }
    byte[] info = child == null ? new byte[SigInfo.SIZE] : info(child);
    ByteBuffer usage = child == null ? null : TimeCalls.usage(child);
    if (child != null && (a[3] & WNOWAIT) == 0) {
      take(child);
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

  private static byte[] info(Process child) {
    return SigInfo.child(Signals.SIGCHLD, status(child), child.id, child.identity.user().real())
        .bytes();
  }
}
