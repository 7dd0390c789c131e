package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.event.ProcessFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessNode;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;

/** Calls that name processes by descriptors (pidfd_open(2)). */
final class ProcessFileCalls implements CallGroup {
  private final Kernel kernel;

  ProcessFileCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.PIDFD_OPEN, this::open);
    table.bind(SystemCall.PIDFD_SEND_SIGNAL, this::send);
    table.bind(SystemCall.PIDFD_GETFD, this::getFile);
  }

  /** Gives a thread a descriptor of a process. */
  static int add(Task task, Process process, int flags) {
    return task.process.files.add(new ProcessFile(process, flags), true, 0);
  }

  /** The process of a descriptor; fails with EBADF if the descriptor is none of a process. */
  static ProcessFile file(Task task, long descriptor) {
    if (Guest.file(task, descriptor) instanceof ProcessFile file) {
      return file;
    }
    throw new SysError(Errno.EBADF);
  }

  private long open(Task task, long[] a) {
    if ((a[1] & ~Flags.O_NONBLOCK) != 0 || (int) a[0] <= 0) {
      throw new SysError(Errno.EINVAL);
    }
    Process process = kernel.processes.get((int) a[0]);
    if (process == null) {
      boolean isThread = kernel.task((int) a[0]) != null;
      throw new SysError(isThread ? Errno.EINVAL : Errno.ESRCH);
    }
    return add(task, process, (int) a[1]);
  }

  /** A process that has not been forgotten; fails with ESRCH if it has. */
  private static Process present(Process process) {
    if (process.reaped) {
      throw new SysError(Errno.ESRCH);
    }
    return process;
  }

  /**
   * The process of a descriptor, or of one of its folder in /proc, which signals can be sent to.
   */
  private static Process receiver(Task task, long descriptor) {
    OpenFile file = Guest.file(task, descriptor);
    boolean isFolder = file.node() instanceof ProcessNode && (file.flags() & Flags.O_PATH) == 0;
    Process process = isFolder ? ((ProcessNode) file.node()).itsProcess() : null;
    return process == null ? file(task, descriptor).process() : process;
  }

  private long send(Task task, long[] a) {
    if (a[3] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Process target = present(receiver(task, a[0]));
    int signal = (int) a[1];
    if (signal < 0 || signal > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    SigInfo info =
        SigInfo.from(signal, Signals.SI_USER, task.process.id, task.identity.user().real());
    if (a[2] != 0) {
      byte[] given = task.cpu.memory.read(a[2], SigInfo.SIZE);
      info = SigInfo.of(signal, given);
      if (Guest.struct(task, a[2], Integer.BYTES).getInt(0) != signal) {
        throw new SysError(Errno.EINVAL);
      }
      boolean pretends = info.code() >= 0 || info.code() == Signals.SI_TKILL;
      if (pretends && target != task.process) {
        throw new SysError(Errno.EPERM);
      }
    }
    if (!Rights.maySignal(task, target, signal == Signals.SIGCONT)) {
      throw new SysError(Errno.EPERM);
    }
    if (signal != 0) {
      kernel.signals.send(target, info);
    }
    return 0;
  }

  private long getFile(Task task, long[] a) {
    if (a[2] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Process process = present(file(task, a[0]).process());
    if (process.isZombie()) {
      throw new SysError(Errno.ESRCH);
    }
    if (!Rights.mayInspect(task, process)) {
      throw new SysError(Errno.EPERM);
    }
    OpenFile file = process.files.get((int) a[1]);
    return task.process.files.add(file, true, 0);
  }
}
