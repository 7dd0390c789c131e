package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Scheduling;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;

/** Calls about classes of scheduling and the one processor; what they set has no effect. */
final class SchedulingCalls implements CallGroup {
  private static final int MASK_SIZE = 8;
  private static final int RESET_ON_FORK = 0x40000000;
  private static final int MOST_PRIORITY = 99;
  private static final long ROUND = 100_000_000;

  // struct sched_attr
  private static final int SMALLEST_ATTRIBUTES = 48;
  private static final int ATTRIBUTES = 56;
  private static final int FLAG_RESET_ON_FORK = 1;
  private static final int FLAG_KEEP_POLICY = 8;
  private static final int FLAG_KEEP_PARAMETERS = 16;
  private static final int KNOWN_FLAGS = 0x7f;

  private final Kernel kernel;

  SchedulingCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SCHED_YIELD, Replies.SUCCESS);
    table.bind(SystemCall.SCHED_GETAFFINITY, this::getAffinity);
    table.bind(SystemCall.SCHED_SETAFFINITY, this::setAffinity);
    table.bind(SystemCall.SCHED_GETSCHEDULER, this::getClass);
    table.bind(SystemCall.SCHED_SETSCHEDULER, this::setClass);
    table.bind(SystemCall.SCHED_GETPARAM, this::getParameter);
    table.bind(SystemCall.SCHED_SETPARAM, this::setParameter);
    table.bind(SystemCall.SCHED_GET_PRIORITY_MAX, (t, a) -> bound((int) a[0], MOST_PRIORITY));
    table.bind(SystemCall.SCHED_GET_PRIORITY_MIN, (t, a) -> bound((int) a[0], 1));
    table.bind(SystemCall.SCHED_RR_GET_INTERVAL, this::getInterval);
    table.bind(SystemCall.SCHED_SETATTR, this::setAttributes);
    table.bind(SystemCall.SCHED_GETATTR, this::getAttributes);
  }

  private Task target(Task task, long id) {
    Task target = (int) id == 0 ? task : kernel.task((int) id);
    if (target == null) {
      throw new SysError(Errno.ESRCH);
    }
    return target;
  }

  private static void checkArguments(long id, long address) {
    if ((int) id < 0 || address == 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private static void checkMay(Task task, Task target) {
    if (!task.identity.can(Capabilities.SYS_NICE) && !Rights.actsFor(task, target.identity)) {
      throw new SysError(Errno.EPERM);
    }
  }

  private static long bound(int policy, int ofRealTime) {
    return switch (policy) {
      case Scheduling.FIFO, Scheduling.ROUND_ROBIN -> ofRealTime;
      case Scheduling.OTHER, Scheduling.BATCH, Scheduling.IDLE, Scheduling.DEADLINE -> 0;
      default -> throw new SysError(Errno.EINVAL);
    };
  }

  private long getAffinity(Task task, long[] a) {
    if (a[1] < MASK_SIZE || a[1] % MASK_SIZE != 0) {
      throw new SysError(Errno.EINVAL);
    }
    target(task, a[0]);
    task.cpu.memory.store64(a[2], 1);
    return MASK_SIZE;
  }

  private long setAffinity(Task task, long[] a) {
    int size = (int) Math.clamp(a[1] & 0xffffffffL, 0L, MASK_SIZE);
    byte[] mask = task.cpu.memory.read(a[2], size);
    checkMay(task, target(task, a[0]));
    if (size == 0 || (mask[0] & 1) == 0) {
      throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private long getClass(Task task, long[] a) {
    checkArguments(a[0], 1);
    Scheduling now = target(task, a[0]).scheduling;
    return now.policy() | (now.resetOnFork() ? RESET_ON_FORK : 0);
  }

  private long setClass(Task task, long[] a) {
    if ((int) a[1] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    checkArguments(a[0], a[2]);
    int priority = (int) task.cpu.memory.load32(a[2]);
    Task target = target(task, a[0]);
    int policy = (int) a[1] & ~RESET_ON_FORK;
    if (policy == Scheduling.DEADLINE) {
      throw new SysError(Errno.EINVAL); // which needs more than a priority
    }
    set(task, target, target.scheduling.of(policy, priority, ((int) a[1] & RESET_ON_FORK) != 0));
    return 0;
  }

  private long setParameter(Task task, long[] a) {
    checkArguments(a[0], a[1]);
    int priority = (int) task.cpu.memory.load32(a[1]);
    Task target = target(task, a[0]);
    Scheduling now = target.scheduling;
    set(task, target, now.of(now.policy(), priority, now.resetOnFork()));
    return 0;
  }

  private static void set(Task task, Task target, Scheduling next) {
    long most = bound(next.policy(), MOST_PRIORITY);
    boolean fits =
        next.isRealTime() ? next.priority() >= 1 && next.priority() <= most : next.priority() == 0;
    if (!fits) {
      throw new SysError(Errno.EINVAL);
    }
    checkMay(task, target);
    Scheduling now = target.scheduling;
    boolean more =
        next.isRealTime() && (!now.isRealTime() || next.priority() > now.priority())
            || next.policy() == Scheduling.DEADLINE
            || now.policy() == Scheduling.IDLE && next.policy() != Scheduling.IDLE
            || now.resetOnFork() && !next.resetOnFork()
            || next.niceness() < now.niceness();
    if (more) {
      Rights.require(task, Capabilities.SYS_NICE);
    }
    target.scheduling = next;
  }

  private long getParameter(Task task, long[] a) {
    checkArguments(a[0], a[1]);
    task.cpu.memory.store32(a[1], target(task, a[0]).scheduling.priority());
    return 0;
  }

  private long getInterval(Task task, long[] a) {
    checkArguments(a[0], 1);
    boolean rounds = target(task, a[0]).scheduling.policy() == Scheduling.ROUND_ROBIN;
    Guest.putTimespec(task, a[1], rounds ? ROUND : 0);
    return 0;
  }

  private long setAttributes(Task task, long[] a) {
    checkArguments(a[0], a[1]);
    if ((int) a[2] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    ByteBuffer b = attributes(task, a[1]);
    int policy = b.getInt(4);
    long flags = b.getLong(8);
    if (policy < 0 && (flags & FLAG_KEEP_POLICY) == 0 || (flags & ~KNOWN_FLAGS) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Task target = target(task, a[0]);
    Scheduling now = target.scheduling;
    boolean reset = (flags & FLAG_RESET_ON_FORK) != 0;
    if ((flags & FLAG_KEEP_POLICY) != 0) {
      policy = now.policy();
    }
    if ((flags & FLAG_KEEP_PARAMETERS) != 0) {
      set(task, target, now.of(policy, now.priority(), reset));
      return 0;
    }
    Scheduling next = now.of(policy, b.getInt(20), reset);
    if (policy == Scheduling.DEADLINE) {
      next = deadline(next, b);
    } else if (policy == Scheduling.OTHER || policy == Scheduling.BATCH) {
      next = next.nice((int) Math.clamp((long) b.getInt(16), -20L, 19L));
    }
    set(task, target, next);
    return 0;
  }

  private static Scheduling deadline(Scheduling next, ByteBuffer b) {
    long runtime = b.getLong(24);
    long deadline = b.getLong(32);
    long period = b.getLong(40) == 0 ? deadline : b.getLong(40);
    if (runtime < 1024 || deadline < runtime || period < deadline) {
      throw new SysError(Errno.EINVAL);
    }
    return new Scheduling(
        Scheduling.DEADLINE,
        next.priority(),
        next.niceness(),
        next.resetOnFork(),
        runtime,
        deadline,
        period,
        next.io());
  }

  /** The structure, which says its own size; fails with E2BIG if it has more than is known. */
  private static ByteBuffer attributes(Task task, long address) {
    int size = (int) task.cpu.memory.load32(address);
    size = size == 0 ? SMALLEST_ATTRIBUTES : size;
    ByteBuffer all = Guest.struct(ATTRIBUTES);
    boolean known = size >= SMALLEST_ATTRIBUTES && size <= AddressSpace.PAGE;
    if (known) {
      byte[] bytes = task.cpu.memory.read(address, size);
      all.put(0, bytes, 0, Math.min(size, ATTRIBUTES));
      for (int i = ATTRIBUTES; i < size; i++) {
        known &= bytes[i] == 0;
      }
    }
    if (!known) {
      task.cpu.memory.store32(address, ATTRIBUTES);
      throw new SysError(Errno.E2BIG);
    }
    return all;
  }

  private long getAttributes(Task task, long[] a) {
    checkArguments(a[0], a[1]);
    long room = a[2] & 0xffffffffL;
    if (room < SMALLEST_ATTRIBUTES || room > AddressSpace.PAGE || a[3] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Scheduling now = target(task, a[0]).scheduling;
    int size = (int) Math.min(room, ATTRIBUTES);
    ByteBuffer b = Guest.struct(ATTRIBUTES);
    b.putInt(0, size).putInt(4, now.policy());
    b.putLong(8, now.resetOnFork() ? FLAG_RESET_ON_FORK : 0);
    boolean nice = now.policy() == Scheduling.OTHER || now.policy() == Scheduling.BATCH;
    b.putInt(16, nice ? now.niceness() : 0).putInt(20, now.priority());
    b.putLong(24, now.runtime()).putLong(32, now.deadline()).putLong(40, now.period());
    task.cpu.memory.write(a[1], b.array(), 0, size);
    return 0;
  }
}
