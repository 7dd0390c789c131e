package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;

/** Calls about the numbers of processes and threads, of their groups and sessions. */
final class IdentityCalls implements CallGroup {
  private final Kernel kernel;

  IdentityCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETPID, (t, a) -> t.process.id);
    table.bind(SystemCall.GETPPID, (t, a) -> t.process.parentId());
    table.bind(SystemCall.GETTID, (t, a) -> t.id);
    table.bind(SystemCall.SETPGID, this::setProcessGroup);
    table.bind(SystemCall.GETPGID, (t, a) -> process(t, a[0]).group);
    table.bind(SystemCall.GETSID, (t, a) -> process(t, a[0]).session);
    table.bind(SystemCall.SETSID, this::setSession);
  }

  /** The process of a number, the caller's if it is 0; fails with ESRCH if there is none. */
  private Process process(Task task, long id) {
    return (int) id == 0 ? task.process : kernel.process(id);
  }

  private long setProcessGroup(Task task, long[] a) {
    if ((int) a[1] < 0 || (int) a[1] == 0 && (int) a[0] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    Process target = process(task, a[0]);
    int group = (int) a[1] == 0 ? target.id : (int) a[1];
    if (target != task.process && target.parent != task.process) {
      throw new SysError(Errno.ESRCH);
    }
    if (target != task.process && target.hasExecuted) {
      throw new SysError(Errno.EACCES);
    }
    boolean exists =
        group == target.id
            || kernel.processes.values().stream()
                .anyMatch(p -> p.group == group && p.session == target.session);
    if (target.session == target.id || target.session != task.process.session || !exists) {
      throw new SysError(Errno.EPERM);
    }
    target.group = group;
    return 0;
  }

  private long setSession(Task task, long[] a) {
    Process process = task.process;
    boolean leads = kernel.processes.values().stream().anyMatch(p -> p.group == process.id);
    if (leads) {
      throw new SysError(Errno.EPERM);
    }
    process.group = process.id;
    process.session = process.id;
    process.terminal = null;
    return process.id;
  }
}
