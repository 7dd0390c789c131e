package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.identity.Ids;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ResourceLimits;
import dev.axon64.linux.process.Task;

/** Calls about the limits of a process. */
final class LimitCalls implements CallGroup {
  /** No table of descriptors is larger (/proc/sys/fs/nr_open). */
  private static final long MOST_FILES = 1 << 20;

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
    checkMay(task, process);
    return limit(task, process, a[1], a[2], a[3]);
  }

  /** Only its user, and who may do what a user may not, sees and changes a process's limits. */
  private static void checkMay(Task task, Process process) {
    Identity who = task.identity;
    Identity other = process.identity;
    int user = who.user().real();
    int group = who.group().real();
    boolean same = other.user().equals(Ids.of(user)) && other.group().equals(Ids.of(group));
    if (process != task.process && !same && !who.can(Capabilities.SYS_PTRACE)) {
      throw new SysError(Errno.EPERM);
    }
  }

  /**
   * Tells and sets a limit.
   *
   * @param next where the new one is; 0 to keep it
   * @param old where to write the old one; 0 for nowhere
   */
  private long limit(Task task, Process process, long which, long next, long old) {
    int resource = (int) which;
    if (resource < 0 || resource >= ResourceLimits.COUNT) {
      throw new SysError(Errno.EINVAL);
    }
    long[] now = ResourceLimits.of(kernel.limits, process, resource);
    long[] wanted = next == 0 ? null : wanted(task, next, now);
    if (resource == ResourceLimits.FILES
        && wanted != null
        && Long.compareUnsigned(wanted[1], MOST_FILES) > 0) {
      throw new SysError(Errno.EPERM);
    }
    if (old != 0) {
      task.cpu.memory.store64(old, now[0]);
      task.cpu.memory.store64(old + 8, now[1]);
    }
    if (wanted != null) {
      process.limits.put(resource, wanted);
      if (resource == ResourceLimits.FILES) {
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
}
