package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProgramStart;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.start.Layout;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.List;

/** Calls that make processes and threads, and end and await them. */
final class ProcessCalls implements CallGroup {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_VFORK = 0x4000;
  private static final long CLONE_PARENT = 0x8000;
  private static final long CLONE_THREAD = 0x10000;
  private static final long CLONE_SETTLS = 0x80000;
  private static final long CLONE_PARENT_SETTID = 0x100000;
  private static final long CLONE_CHILD_CLEARTID = 0x200000;
  private static final long CLONE_CHILD_SETTID = 0x1000000;
  private static final long CLONE_NAMESPACES = 0x7e020000L | 0x80;

  private static final int WNOHANG = 1;
  private static final int WUNTRACED = 2;
  private static final int WEXITED = 4;
  private static final int WCONTINUED = 8;
  private static final int WNOWAIT = 0x1000000;
  private static final int WAIT_FLAGS = 0xe000000f | WNOWAIT;

  private final Kernel kernel;
  private final ProgramStart programs;

  ProcessCalls(Kernel kernel) {
    this.kernel = kernel;
    this.programs = new ProgramStart(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.CLONE, this::clone);
    table.bind(SystemCall.CLONE3, Replies.error(Errno.ENOSYS));
    table.bind(SystemCall.EXECVE, (t, a) -> exec(t, Flags.AT_FDCWD, a[0], a[1], a[2], 0));
    table.bind(SystemCall.EXECVEAT, (t, a) -> exec(t, a[0], a[1], a[2], a[3], a[4]));
    table.bind(SystemCall.EXIT, this::exit);
    table.bind(SystemCall.EXIT_GROUP, this::exitGroup);
    table.bind(SystemCall.WAIT4, this::wait4);
    table.bind(SystemCall.WAITID, this::waitid);
    table.bind(SystemCall.SET_TID_ADDRESS, this::setTidAddress);
    table.bind(SystemCall.SET_ROBUST_LIST, this::setRobustList);
    table.bind(SystemCall.RSEQ, Replies.error(Errno.ENOSYS));
  }

  private long clone(Task task, long[] a) {
    long flags = a[0];
    if (task.wait != null) {
      return ((Number) task.wait.note()).longValue(); // the vfork child has gone on
    }
    check(flags);
    int id = kernel.newId();
    if ((flags & CLONE_PARENT_SETTID) != 0) {
      task.cpu.memory.store32(a[2], id);
    }
    Task child = (flags & CLONE_THREAD) != 0 ? thread(task, id) : fork(task, id, flags);
    child.blocked = task.blocked;
    child.cpu.x[0] = 0;
    if (a[1] != 0) {
      child.cpu.x[CpuState.SP] = a[1];
    }
    if ((flags & CLONE_VM) == 0 || (flags & CLONE_VFORK) != 0) {
      child.altStack = task.altStack;
    } else {
      child.altStack = AltStack.NONE;
    }
    if ((flags & CLONE_SETTLS) != 0) {
      child.cpu.tpidr = a[3];
    }
    if ((flags & CLONE_CHILD_CLEARTID) != 0) {
      child.clearChildId = a[4];
    }
    if ((flags & CLONE_CHILD_SETTID) != 0 && child.cpu.memory.accessible(a[4], 4, 2) == 4) {
      child.cpu.memory.store32(a[4], id);
    }
    if ((flags & CLONE_VFORK) != 0) {
      Process process = child.process;
      process.vforkParent = task;
      throw task.park(
          new Wait(
              () -> process.vforkParent == null, Wait.FOREVER, false, () -> {}, Long.valueOf(id)));
    }
    return id;
  }

  private static void check(long flags) {
    if ((flags & CLONE_THREAD) != 0 && (flags & CLONE_SIGHAND) == 0
        || (flags & CLONE_SIGHAND) != 0 && (flags & CLONE_VM) == 0
        || (flags & CLONE_THREAD) != 0 && (flags & CLONE_VFORK) != 0
        || (flags & 0xff) > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    if ((flags & CLONE_NAMESPACES) != 0) {
      throw new SysError(Errno.EPERM);
    }
  }

  private Task thread(Task task, int id) {
    Task child = new Task(id, task.process, task.cpu.copy());
    child.name = task.name;
    kernel.add(child);
    return child;
  }

  private Task fork(Task task, int id, long flags) {
    Process from = task.process;
    Process parent = (flags & CLONE_PARENT) != 0 ? from.parent : from;
    Process child = new Process(id, parent, kernel.clock.monotonic());
    child.group = from.group;
    child.session = from.session;
    child.uid = from.uid;
    child.gid = from.gid;
    child.niceness = from.niceness;
    child.name = task.name;
    child.executable = from.executable;
    child.executablePath = from.executablePath;
    child.limits.putAll(from.limits);
    child.exitSignal = (int) (flags & 0xff);
    if ((flags & CLONE_VM) != 0) {
      child.memory = from.memory;
      child.memory.users++;
    } else {
      try {
        child.memory = from.memory.fork();
      } catch (MemoryFault e) {
        throw new SysError(Errno.ENOMEM);
      }
    }
    if ((flags & CLONE_FILES) != 0) {
      child.files = from.files;
      child.files.users++;
    } else {
      child.files = from.files.fork();
    }
    child.view = (flags & CLONE_FS) != 0 ? from.view : from.view.fork();
    child.actions = (flags & CLONE_SIGHAND) != 0 ? from.actions : from.actions.fork();
    if (parent != null) {
      parent.children.add(child);
    }
    Task first = new Task(id, child, task.cpu.copy());
    first.cpu.memory = child.memory.space;
    kernel.add(child, first);
    return first;
  }

  private long exec(Task task, long folder, long path, long argv, long envp, long flags) {
    String name = Guest.path(task, path);
    long most = Layout.STACK_SIZE / 4;
    List<byte[]> arguments = Guest.strings(task, argv, most);
    List<byte[]> environment = Guest.strings(task, envp, most);
    PathWalk.Place place;
    if (name.isEmpty() && (flags & Flags.AT_EMPTY_PATH) != 0) {
      Node node = Guest.file(task, folder).node();
      name = Guest.file(task, folder).path();
      place = PathWalk.Place.of(node);
    } else {
      place = Guest.walk(task, folder, name, (flags & Flags.AT_SYMLINK_NOFOLLOW) == 0);
      boolean relative = !name.startsWith("/") && (int) folder != Flags.AT_FDCWD;
      if (relative && Guest.file(task, folder) instanceof DirectoryFile directory) {
        name = directory.directory().path(name);
      }
    }
    programs.exec(task, place, name, arguments, environment);
    return 0;
  }

  private long exit(Task task, long[] a) {
    kernel.end.thread(task, ((int) a[0] & 0xff) << 8);
    return 0;
  }

  private long exitGroup(Task task, long[] a) {
    kernel.end.process(task.process, ((int) a[0] & 0xff) << 8);
    return 0;
  }

  private static boolean matches(Process waiter, Process child, long which) {
    int id = (int) which;
    if (id == -1) {
      return true;
    }
    return id > 0 ? child.id == id : child.group == (id == 0 ? waiter.group : -id);
  }

  private static boolean isReportable(Process child, long options) {
    if (child.isZombie()) {
      return (options & WEXITED) != 0;
    }
    if (child.jobStatus < 0) {
      return false;
    }
    boolean continued = child.jobStatus == 0xffff;
    return (options & (continued ? WCONTINUED : WUNTRACED)) != 0;
  }

  /** The child to report, or null if none is ready and the caller must not wait. */
  private static Process await(Task task, long which, long options) {
    List<Process> wanted =
        task.process.children.stream().filter(c -> matches(task.process, c, which)).toList();
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
    Process waiter = task.process;
    throw task.park(
        Wait.until(
            () -> {
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
            }));
  }

  private int take(Process child, boolean keep) {
    int status = child.isZombie() ? child.status : child.jobStatus;
    if (!keep) {
      if (child.isZombie()) {
        kernel.end.reap(child);
      } else {
        child.jobStatus = -1;
      }
    }
    return status;
  }

  private long wait4(Task task, long[] a) {
    if ((a[2] & ~WAIT_FLAGS & 0xffffffffL) != 0 || (int) a[0] == Integer.MIN_VALUE) {
      throw new SysError(Errno.EINVAL);
    }
    Process child = await(task, a[0], a[2] | WEXITED);
    if (child == null) {
      return 0;
    }
    if (a[1] != 0) {
      task.cpu.memory.checkWrite(a[1], 4);
    }
    if (a[3] != 0) {
      Guest.write(task, a[3], TimeCalls.usage(child.instructions(), 0));
    }
    int status = take(child, false);
    if (a[1] != 0) {
      task.cpu.memory.store32(a[1], status);
    }
    return child.id;
  }

  private long waitid(Task task, long[] a) {
    long which =
        switch ((int) a[0]) {
          case 0 -> -1;
          case 1 -> {
            if ((int) a[1] <= 0) {
              throw new SysError(Errno.EINVAL);
            }
            yield a[1];
          }
          case 2 -> {
            if ((int) a[1] < 0) {
              throw new SysError(Errno.EINVAL);
            }
            yield a[1] == 0 ? 0 : -(int) a[1];
          }
          default -> throw new SysError(Errno.EINVAL);
        };
    if ((a[3] & (WEXITED | WUNTRACED | WCONTINUED)) == 0
        || (a[3] & ~WAIT_FLAGS & 0xffffffffL) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Process child = await(task, which, a[3]);
    if (a[2] != 0) {
      task.cpu.memory.checkWrite(a[2], 128);
      task.cpu.memory.write(a[2], child == null ? new byte[128] : info(child));
    }
    if (child != null) {
      if (a[4] != 0) {
        Guest.write(task, a[4], TimeCalls.usage(child.instructions(), 0));
      }
      take(child, (a[3] & WNOWAIT) != 0);
    }
    return 0;
  }

  private static byte[] info(Process child) {
    int status = child.isZombie() ? child.status : child.jobStatus;
    int code;
    int value;
    if (status == 0xffff) {
      code = 6;
      value = Signals.SIGCONT;
    } else if ((status & 0xff) == 0x7f) {
      code = 5;
      value = status >> 8;
    } else if ((status & 0x7f) == 0) {
      code = 1;
      value = status >> 8;
    } else {
      code = 2;
      value = status & 0x7f;
    }
    return SigInfo.child(Signals.SIGCHLD, code, child.id, child.uid, value).bytes();
  }

  private long setTidAddress(Task task, long[] a) {
    task.clearChildId = a[0];
    return task.id;
  }

  private long setRobustList(Task task, long[] a) {
    if (a[1] != 24) {
      throw new SysError(Errno.EINVAL);
    }
    task.robustList = a[0];
    return 0;
  }
}
