package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.start.Layout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;

/** Calls about the system, identities and limits. */
final class SystemCalls implements CallGroup {
  static final int RLIMIT_FSIZE = 1;
  private static final int RLIMIT_STACK = 3;
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_NPROC = 6;
  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_AS = 9;
  private static final int RLIMITS = 16;
  private static final int UTS_FIELD = 65;
  private static final int PR_SET_NAME = 15;
  private static final int PR_GET_NAME = 16;

  private final Kernel kernel;

  SystemCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.UNAME, this::uname);
    table.bind(SystemCall.SYSINFO, this::sysinfo);
    table.bind(SystemCall.GETRLIMIT, (t, a) -> prlimit(t, 0, a[0], 0, a[1]));
    table.bind(SystemCall.SETRLIMIT, (t, a) -> prlimit(t, 0, a[0], a[1], 0));
    table.bind(SystemCall.PRLIMIT64, (t, a) -> prlimit(t, a[0], a[1], a[2], a[3]));
    table.bind(SystemCall.GETRANDOM, this::random);
    table.bind(SystemCall.SCHED_YIELD, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GETAFFINITY, this::affinity);
    table.bind(SystemCall.SCHED_SETAFFINITY, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GETSCHEDULER, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_SETSCHEDULER, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GETPARAM, this::schedulingParameter);
    table.bind(SystemCall.SCHED_GET_PRIORITY_MAX, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GET_PRIORITY_MIN, Replies.SUCCESS);
    table.bind(SystemCall.SETPRIORITY, this::setPriority);
    table.bind(SystemCall.GETPRIORITY, (t, a) -> 20 - t.process.niceness);
    table.bind(SystemCall.PRCTL, this::prctl);
    table.bind(SystemCall.MEMBARRIER, this::membarrier);
    table.bind(SystemCall.GETCPU, this::getcpu);
    table.bind(SystemCall.PERSONALITY, Replies.SUCCESS);
    table.bind(SystemCall.SOCKET, Replies.error(Errno.EAFNOSUPPORT));
    table.bind(SystemCall.SOCKETPAIR, Replies.error(Errno.EAFNOSUPPORT));
    EnumSet.range(SystemCall.BIND, SystemCall.RECVMSG)
        .forEach(call -> table.bind(call, SystemCalls::socketCall));
    table.bind(SystemCall.SETHOSTNAME, Replies.error(Errno.EPERM));
    table.bind(SystemCall.UMOUNT2, Replies.error(Errno.EPERM));
    table.bind(SystemCall.MOUNT, Replies.error(Errno.EPERM));
    table.bind(SystemCall.REBOOT, Replies.error(Errno.EPERM));
    table.bind(SystemCall.IOPRIO_SET, Replies.SUCCESS);
    table.bind(SystemCall.IOPRIO_GET, Replies.SUCCESS);
    table.bind(SystemCall.SYSLOG, Replies.error(Errno.EPERM));
    identities(table);
  }

  private static long socketCall(Task task, long[] a) {
    Guest.checkOpen(task, a[0]);
    throw new SysError(Errno.ENOTSOCK);
  }

  private void identities(CallTable table) {
    table.bind(SystemCall.GETPID, (t, a) -> t.process.id);
    table.bind(SystemCall.GETPPID, (t, a) -> t.process.parentId());
    table.bind(SystemCall.GETTID, (t, a) -> t.id);
    table.bind(SystemCall.GETUID, (t, a) -> t.process.uid);
    table.bind(SystemCall.GETEUID, (t, a) -> t.process.uid);
    table.bind(SystemCall.GETGID, (t, a) -> t.process.gid);
    table.bind(SystemCall.GETEGID, (t, a) -> t.process.gid);
    table.bind(SystemCall.GETRESUID, (t, a) -> three(t, a, t.process.uid));
    table.bind(SystemCall.GETRESGID, (t, a) -> three(t, a, t.process.gid));
    table.bind(SystemCall.SETUID, (t, a) -> become(t, true, a[0]));
    table.bind(SystemCall.SETGID, (t, a) -> become(t, false, a[0]));
    table.bind(SystemCall.SETREUID, (t, a) -> become(t, true, a[1]));
    table.bind(SystemCall.SETREGID, (t, a) -> become(t, false, a[1]));
    table.bind(SystemCall.SETRESUID, (t, a) -> become(t, true, a[1]));
    table.bind(SystemCall.SETRESGID, (t, a) -> become(t, false, a[1]));
    table.bind(SystemCall.SETFSUID, (t, a) -> t.process.uid);
    table.bind(SystemCall.SETFSGID, (t, a) -> t.process.gid);
    table.bind(SystemCall.GETGROUPS, this::getGroups);
    table.bind(SystemCall.SETGROUPS, SystemCalls::setGroups);
    table.bind(SystemCall.SETPGID, this::setGroup);
    table.bind(SystemCall.GETPGID, (t, a) -> process(t, a[0]).group);
    table.bind(SystemCall.GETSID, (t, a) -> process(t, a[0]).session);
    table.bind(SystemCall.SETSID, this::setSession);
    table.bind(SystemCall.CAPGET, this::capabilities);
    table.bind(SystemCall.CAPSET, Replies.SUCCESS);
  }

  private static long three(Task task, long[] a, int id) {
    for (int i = 0; i < 3; i++) {
      task.cpu.memory.store32(a[i], id);
    }
    return 0;
  }

  /** The superuser may become anybody; others only themselves. -1 changes nothing. */
  private static long become(Task task, boolean user, long wanted) {
    int id = (int) wanted;
    Process process = task.process;
    int old = user ? process.uid : process.gid;
    if (id == -1 || id == old) {
      return 0;
    }
    if (process.uid != 0) {
      throw new SysError(Errno.EPERM);
    }
    if (user) {
      process.uid = id;
    } else {
      process.gid = id;
    }
    return 0;
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

  private static long setGroups(Task task, long[] a) {
    if (task.process.uid != 0) {
      throw new SysError(Errno.EPERM);
    }
    return 0;
  }

  private Process process(Task task, long id) {
    Process process = (int) id == 0 ? task.process : kernel.processes.get((int) id);
    if (process == null) {
      throw new SysError(Errno.ESRCH);
    }
    return process;
  }

  private long setGroup(Task task, long[] a) {
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

  private long capabilities(Task task, long[] a) {
    int version = (int) task.cpu.memory.load32(a[0]);
    if (version != 0x20080522) {
      task.cpu.memory.store32(a[0], 0x20080522);
      throw new SysError(Errno.EINVAL);
    }
    if (a[1] != 0) {
      Guest.write(task, a[1], Guest.struct(24));
    }
    return 0;
  }

  private long uname(Task task, long[] a) {
    ByteBuffer b = Guest.struct(6 * UTS_FIELD);
    String[] fields = {"Linux", kernel.hostName, "6.1.0", "#1 SMP Axon64", "aarch64", "(none)"};
    for (int i = 0; i < fields.length; i++) {
      b.put(i * UTS_FIELD, fields[i].getBytes(StandardCharsets.US_ASCII));
    }
    Guest.write(task, a[0], b);
    return 0;
  }

  private long sysinfo(Task task, long[] a) {
    ByteBuffer b = Guest.struct(112);
    b.putLong(0, kernel.clock.monotonic() / 1_000_000_000);
    b.putLong(32, kernel.limits.memory());
    b.putLong(40, kernel.limits.memory() - kernel.memoryLimit.used());
    b.putShort(80, (short) kernel.processes.size());
    b.putInt(104, 1);
    Guest.write(task, a[0], b);
    return 0;
  }

  private long prlimit(Task task, long pid, long which, long next, long old) {
    Process process = process(task, pid);
    int resource = (int) which;
    if (resource < 0 || resource >= RLIMITS) {
      throw new SysError(Errno.EINVAL);
    }
    long[] now = limit(process, resource);
    long[] wanted = null;
    if (next != 0) {
      wanted = new long[] {task.cpu.memory.load64(next), task.cpu.memory.load64(next + 8)};
      if (Long.compareUnsigned(wanted[0], wanted[1]) > 0) {
        throw new SysError(Errno.EINVAL);
      }
      if (Long.compareUnsigned(wanted[1], now[1]) > 0) {
        throw new SysError(Errno.EPERM);
      }
    }
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

  private long[] limit(Process process, int resource) {
    long[] own = process.limits.get(resource);
    if (own != null) {
      return own;
    }
    long all =
        switch (resource) {
          case RLIMIT_FSIZE ->
              kernel.limits.fileSize() == Long.MAX_VALUE ? -1 : kernel.limits.fileSize();
          case RLIMIT_STACK -> Layout.STACK_SIZE;
          case RLIMIT_CORE -> 0;
          case RLIMIT_NPROC -> kernel.limits.tasks();
          case RLIMIT_NOFILE -> kernel.limits.files();
          case RLIMIT_AS -> kernel.limits.memory();
          default -> -1;
        };
    return new long[] {all, all};
  }

  private long random(Task task, long[] a) {
    if ((a[2] & ~7) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] bytes = new byte[(int) Math.clamp(a[1], 0L, 1L << 20)];
    kernel.random.accept(bytes);
    task.cpu.memory.write(a[0], bytes);
    return bytes.length;
  }

  private long affinity(Task task, long[] a) {
    if (a[1] < 8 || (a[1] & 7) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    task.cpu.memory.store64(a[2], 1);
    return 8;
  }

  private long schedulingParameter(Task task, long[] a) {
    task.cpu.memory.store32(a[1], 0);
    return 0;
  }

  private long setPriority(Task task, long[] a) {
    task.process.niceness = (int) Math.clamp(a[2], -20L, 19L);
    return 0;
  }

  private long prctl(Task task, long[] a) {
    switch ((int) a[0]) {
      case PR_SET_NAME -> {
        byte[] name = new byte[15];
        int length = 0;
        for (int b = 0; length < 15; length++) {
          b = (int) task.cpu.memory.load8(a[1] + length);
          if (b == 0) {
            break;
          }
          name[length] = (byte) b;
        }
        task.name = new String(name, 0, length, StandardCharsets.UTF_8);
        if (task.id == task.process.id) {
          task.process.name = task.name;
        }
      }
      case PR_GET_NAME -> {
        ByteBuffer b = Guest.struct(16);
        byte[] name = task.name.getBytes(StandardCharsets.UTF_8);
        b.put(0, name, 0, Math.min(15, name.length));
        Guest.write(task, a[1], b);
      }
      case 1, 4, 8, 24, 36, 38 -> {
        return 0; // death signal, dumpable, keepcaps, capability bounds, subreaper, new privileges
      }
      case 3 -> {
        return 1;
      }
      default -> throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  /** Threads take turns on one host thread, so that every call already is a barrier. */
  private long membarrier(Task task, long[] a) {
    if (a[1] != 0 || a[0] < 0 || a[0] > 0x1ff) {
      throw new SysError(Errno.EINVAL);
    }
    return a[0] == 0 ? 0x1f : 0;
  }

  private long getcpu(Task task, long[] a) {
    for (int i = 0; i < 2; i++) {
      if (a[i] != 0) {
        task.cpu.memory.store32(a[i], 0);
      }
    }
    return 0;
  }
}
