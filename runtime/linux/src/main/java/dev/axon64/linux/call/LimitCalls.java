package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;

/** Calls about the limits of a process. */
final class LimitCalls implements CallGroup {
  static final int RLIMIT_FSIZE = 1;
  private static final int RLIMIT_STACK = 3;
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_NPROC = 6;
  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_AS = 9;
  private static final int RLIMITS = 16;
  private static final long RLIM_INFINITY = -1;

  private final Kernel kernel;

  LimitCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETRLIMIT, (t, a) -> limit(t, t.process, a[0], 0, a[1]));
    table.bind(SystemCall.SETRLIMIT, (t, a) -> limit(t, t.process, a[0], a[1], 0));
    table.bind(SystemCall.PRLIMIT64, this::limitOf);
  }

  private long limitOf(Task task, long[] a) {
    Process process = (int) a[0] == 0 ? task.process : kernel.process(a[0]);
    return limit(task, process, a[1], a[2], a[3]);
  }

  /**
   * Tells and sets a limit.
   *
   * @param next where the new one is; 0 to keep it
   * @param old where to write the old one; 0 for nowhere
   */
  private long limit(Task task, Process process, long which, long next, long old) {
    int resource = (int) which;
    if (resource < 0 || resource >= RLIMITS) {
      throw new SysError(Errno.EINVAL);
    }
    long[] now = limit(process, resource);
    long[] wanted = next == 0 ? null : wanted(task, next, now);
    if (old != 0) {
      task.cpu.memory.store64(old, now[0]);
      task.cpu.memory.store64(old + 8, now[1]);
    }
    if (wanted != null) {
      process.limits.put(resource, wanted);
      if (resource == RLIMIT_NOFILE) {
        process.files.setMost((int) wanted[0]);
      }
    }
    return 0;
  }

  /** A soft and a hard limit, which must not be above the present hard limit. */
  private static long[] wanted(Task task, long address, long[] now) {
    long soft = task.cpu.memory.load64(address);
    long hard = task.cpu.memory.load64(address + 8);
    if (Long.compareUnsigned(soft, hard) > 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (Long.compareUnsigned(hard, now[1]) > 0) {
      throw new SysError(Errno.EPERM);
    }
    return new long[] {soft, hard};
  }

  private long[] limit(Process process, int resource) {
    long[] own = process.limits.get(resource);
    if (own != null) {
      return own;
    }
    long all =
        switch (resource) {
          case RLIMIT_FSIZE ->
              kernel.limits.fileSize() == Long.MAX_VALUE ? RLIM_INFINITY : kernel.limits.fileSize();
          case RLIMIT_STACK -> Layout.STACK_SIZE;
          case RLIMIT_CORE -> 0;
          case RLIMIT_NPROC -> kernel.limits.tasks();
          case RLIMIT_NOFILE -> kernel.limits.files();
          case RLIMIT_AS -> kernel.limits.memory();
          default -> RLIM_INFINITY;
        };
    return new long[] {all, all};
  }
}
