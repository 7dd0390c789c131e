package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;

/** Calls about what processes and threads share, and about the list of a thread's locks. */
final class UnshareCalls implements CallGroup {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_FILES = 0x400;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_THREAD = 0x10000;
  private static final long CLONE_SYSVSEM = 0x40000;
  private static final long NAMESPACES = 0x7e020080L;

  /** Bytes of a struct robust_list_head. */
  private static final int ROBUST_LIST_SIZE = 24;

  private final Kernel kernel;

  UnshareCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.UNSHARE, this::unshare);
    table.bind(SystemCall.GET_ROBUST_LIST, this::robustList);
  }

  private long unshare(Task task, long[] a) {
    long flags = a[0];
    long shared = CLONE_VM | CLONE_SIGHAND | CLONE_THREAD;
    if ((flags & ~(shared | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | NAMESPACES)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Process process = task.process;
    boolean alone = process.tasks.size() == 1 && process.memory.users == 1;
    if ((flags & shared) != 0 && !alone) {
      throw new SysError(Errno.EINVAL);
    }
    if ((flags & NAMESPACES) != 0) {
      throw new SysError(Errno.EPERM);
    }
    if (process.tasks.size() > 1 && (flags & (CLONE_FS | CLONE_FILES)) != 0) {
      throw new SysError(Errno.EINVAL); // threads have these in common here
    }
    if ((flags & CLONE_FILES) != 0 && process.files.users > 1) {
      FileTable own = process.files.fork();
      process.files.release();
      process.files = own;
    }
    if ((flags & CLONE_FS) != 0) {
      process.view = process.view.fork();
    }
    return 0;
  }

  private long robustList(Task task, long[] a) {
    Task target = (int) a[0] == 0 ? task : kernel.task((int) a[0]);
    if (target == null) {
      throw new SysError(Errno.ESRCH);
    }
    if (!Rights.mayInspect(task, target.process)) {
      throw new SysError(Errno.EPERM);
    }
    task.cpu.memory.store64(a[2], ROBUST_LIST_SIZE);
    task.cpu.memory.store64(a[1], target.robustList);
    return 0;
  }
}
