package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.start.Layout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Calls about the system, identities and limits. */
final class SystemCalls {
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

  SystemCalls(Kernel kernel, CallTable table) {
    this.kernel = kernel;
    table.add(160, "uname", "x", this::uname);
    table.add(179, "sysinfo", "x", this::sysinfo);
    table.add(163, "getrlimit", "ix", (t, a) -> prlimit(t, 0, a[0], 0, a[1]));
    table.add(164, "setrlimit", "ix", (t, a) -> prlimit(t, 0, a[0], a[1], 0));
    table.add(261, "prlimit64", "iixx", (t, a) -> prlimit(t, a[0], a[1], a[2], a[3]));
    table.add(278, "getrandom", "xux", this::random);
    table.add(124, "sched_yield", "", (t, a) -> 0);
    table.add(123, "sched_getaffinity", "iux", this::affinity);
    table.add(122, "sched_setaffinity", "iux", (t, a) -> 0);
    table.add(120, "sched_getscheduler", "i", (t, a) -> 0);
    table.add(119, "sched_setscheduler", "iix", (t, a) -> 0);
    table.add(121, "sched_getparam", "ix", this::schedulingParameter);
    table.add(125, "sched_get_priority_max", "i", (t, a) -> 0);
    table.add(126, "sched_get_priority_min", "i", (t, a) -> 0);
    table.add(140, "setpriority", "iii", this::setPriority);
    table.add(141, "getpriority", "ii", (t, a) -> 20 - t.process.niceness);
    table.add(167, "prctl", "ixxxx", this::prctl);
    table.add(283, "membarrier", "ixi", this::membarrier);
    table.add(168, "getcpu", "xxx", this::getcpu);
    table.add(92, "personality", "x", (t, a) -> 0);
    table.add(198, "socket", "iii", (t, a) -> fail(Errno.EAFNOSUPPORT));
    table.add(199, "socketpair", "iiix", (t, a) -> fail(Errno.EAFNOSUPPORT));
    for (int number = 200; number <= 212; number++) {
      table.add(number, "socket call", "ixxx", this::socketCall);
    }
    table.add(161, "sethostname", "xu", (t, a) -> fail(Errno.EPERM));
    table.add(39, "umount2", "sx", (t, a) -> fail(Errno.EPERM));
    table.add(40, "mount", "sssxx", (t, a) -> fail(Errno.EPERM));
    table.add(142, "reboot", "xxx", (t, a) -> fail(Errno.EPERM));
    table.add(30, "ioprio_set", "iii", (t, a) -> 0);
    table.add(31, "ioprio_get", "ii", (t, a) -> 0);
    table.add(116, "syslog", "ixi", (t, a) -> fail(Errno.EPERM));
    identities(table);
  }

  private static long fail(int errno) {
    throw new SysError(errno);
  }

  private long socketCall(Task task, long[] a) {
    Guest.file(task, a[0]);
    throw new SysError(Errno.ENOTSOCK);
  }

  private void identities(CallTable table) {
    table.add(172, "getpid", "", (t, a) -> t.process.id);
    table.add(173, "getppid", "", (t, a) -> t.process.parentId());
    table.add(178, "gettid", "", (t, a) -> t.id);
    table.add(174, "getuid", "", (t, a) -> t.process.uid);
    table.add(175, "geteuid", "", (t, a) -> t.process.uid);
    table.add(176, "getgid", "", (t, a) -> t.process.gid);
    table.add(177, "getegid", "", (t, a) -> t.process.gid);
    table.add(148, "getresuid", "xxx", (t, a) -> three(t, a, t.process.uid));
    table.add(150, "getresgid", "xxx", (t, a) -> three(t, a, t.process.gid));
    table.add(146, "setuid", "i", (t, a) -> become(t, true, a[0]));
    table.add(144, "setgid", "i", (t, a) -> become(t, false, a[0]));
    table.add(145, "setreuid", "ii", (t, a) -> become(t, true, a[1]));
    table.add(143, "setregid", "ii", (t, a) -> become(t, false, a[1]));
    table.add(147, "setresuid", "iii", (t, a) -> become(t, true, a[1]));
    table.add(149, "setresgid", "iii", (t, a) -> become(t, false, a[1]));
    table.add(151, "setfsuid", "i", (t, a) -> t.process.uid);
    table.add(152, "setfsgid", "i", (t, a) -> t.process.gid);
    table.add(158, "getgroups", "ix", this::getGroups);
    table.add(159, "setgroups", "ix", (t, a) -> t.process.uid == 0 ? 0 : fail(Errno.EPERM));
    table.add(154, "setpgid", "ii", this::setGroup);
    table.add(155, "getpgid", "i", (t, a) -> process(t, a[0]).group);
    table.add(156, "getsid", "i", (t, a) -> process(t, a[0]).session);
    table.add(157, "setsid", "", this::setSession);
    table.add(90, "capget", "xx", this::capabilities);
    table.add(91, "capset", "xx", (t, a) -> 0);
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
