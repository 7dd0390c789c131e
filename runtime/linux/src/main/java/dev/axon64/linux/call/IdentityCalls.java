package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;

/** Calls about numbers of processes and threads, users, groups, sessions and capabilities. */
final class IdentityCalls implements CallGroup {
  private static final int LINUX_CAPABILITY_VERSION_3 = 0x20080522;
  private static final int CAPABILITIES_SIZE = 24;

  private final Kernel kernel;

  IdentityCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETPID, (t, a) -> t.process.id);
    table.bind(SystemCall.GETPPID, (t, a) -> t.process.parentId());
    table.bind(SystemCall.GETTID, (t, a) -> t.id);
    table.bind(SystemCall.GETUID, (t, a) -> t.process.uid);
    table.bind(SystemCall.GETEUID, (t, a) -> t.process.uid);
    table.bind(SystemCall.GETGID, (t, a) -> t.process.gid);
    table.bind(SystemCall.GETEGID, (t, a) -> t.process.gid);
    table.bind(SystemCall.GETRESUID, (t, a) -> putThree(t, a, t.process.uid));
    table.bind(SystemCall.GETRESGID, (t, a) -> putThree(t, a, t.process.gid));
    table.bind(SystemCall.SETUID, (t, a) -> setUser(t, a[0]));
    table.bind(SystemCall.SETREUID, (t, a) -> setUser(t, a[1]));
    table.bind(SystemCall.SETRESUID, (t, a) -> setUser(t, a[1]));
    table.bind(SystemCall.SETGID, (t, a) -> setGroup(t, a[0]));
    table.bind(SystemCall.SETREGID, (t, a) -> setGroup(t, a[1]));
    table.bind(SystemCall.SETRESGID, (t, a) -> setGroup(t, a[1]));
    table.bind(SystemCall.SETFSUID, (t, a) -> t.process.uid);
    table.bind(SystemCall.SETFSGID, (t, a) -> t.process.gid);
    table.bind(SystemCall.GETGROUPS, this::getGroups);
    table.bind(SystemCall.SETGROUPS, this::setGroups);
    table.bind(SystemCall.SETPGID, this::setProcessGroup);
    table.bind(SystemCall.GETPGID, (t, a) -> process(t, a[0]).group);
    table.bind(SystemCall.GETSID, (t, a) -> process(t, a[0]).session);
    table.bind(SystemCall.SETSID, this::setSession);
    table.bind(SystemCall.CAPGET, this::getCapabilities);
    table.bind(SystemCall.CAPSET, Replies.SUCCESS);
  }

  /** Real, effective and saved id, which are always the same here. */
  private static long putThree(Task task, long[] a, int id) {
    task.cpu.memory.store32(a[0], id);
    task.cpu.memory.store32(a[1], id);
    task.cpu.memory.store32(a[2], id);
    return 0;
  }

  private static long setUser(Task task, long wanted) {
    task.process.uid = allowed(task, (int) wanted, task.process.uid);
    return 0;
  }

  private static long setGroup(Task task, long wanted) {
    task.process.gid = allowed(task, (int) wanted, task.process.gid);
    return 0;
  }

  /** The superuser may get any id; others can only keep theirs, which -1 stands for, too. */
  private static int allowed(Task task, int wanted, int old) {
    if (wanted == -1 || wanted == old) {
      return old;
    }
    if (task.process.uid != 0) {
      throw new SysError(Errno.EPERM);
    }
    return wanted;
  }

  private long getGroups(Task task, long[] a) {
    if ((int) a[0] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if ((int) a[0] > 0) {
      task.cpu.memory.store32(a[1], task.process.gid);
    }
    return 1;
  }

  private long setGroups(Task task, long[] a) {
    if (task.process.uid != 0) {
      throw new SysError(Errno.EPERM);
    }
    return 0;
  }

  /** The process of a number, the caller's if it is 0; fails with ESRCH if there is none. */
  private Process process(Task task, long id) {
    return (int) id == 0 ? task.process : kernel.process(id);
  }

  private long setProcessGroup(Task task, long[] a) {
    Process target = process(task, a[0]);
    int group = (int) a[1] == 0 ? target.id : (int) a[1];
    if (group < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (target != task.process && target.parent != task.process) {
      throw new SysError(Errno.ESRCH);
    }
    boolean exists =
        group == target.id
            || kernel.processes.values().stream()
                .anyMatch(p -> p.group == group && p.session == target.session);
    if (target.session == target.id || !exists) {
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
    return process.id;
  }

  /** A process has no capabilities, whoever it is. */
  private long getCapabilities(Task task, long[] a) {
    int version = (int) task.cpu.memory.load32(a[0]);
    if (version != LINUX_CAPABILITY_VERSION_3) {
      task.cpu.memory.store32(a[0], LINUX_CAPABILITY_VERSION_3);
      throw new SysError(Errno.EINVAL);
    }
    if (a[1] != 0) {
      Guest.write(task, a[1], Guest.struct(CAPABILITIES_SIZE));
    }
    return 0;
  }
}
