package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import java.nio.ByteBuffer;

/**
 * Calls about time. A process's CPU time is one nanosecond per instruction and a microsecond per
 * system call, the same in every run.
 */
final class TimeCalls implements CallGroup {
  private static final int RUSAGE_SELF = 0;
  private static final int RUSAGE_CHILDREN = -1;
  private static final int RUSAGE_THREAD = 1;
  private static final int TIMER_ABSTIME = 1;
  private static final long TICK = 10_000_000;
  private static final int USAGE_SIZE = 144;

  private final Kernel kernel;
  private final Clocks clocks;

  TimeCalls(Kernel kernel) {
    this.kernel = kernel;
    this.clocks = new Clocks(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.NANOSLEEP, (t, a) -> sleep(t, Clocks.MONOTONIC, 0, a[0], a[1]));
    table.bind(SystemCall.CLOCK_NANOSLEEP, (t, a) -> sleep(t, (int) a[0], a[1], a[2], a[3]));
    table.bind(SystemCall.CLOCK_GETTIME, this::getTime);
    table.bind(SystemCall.CLOCK_SETTIME, this::setTime);
    table.bind(SystemCall.CLOCK_GETRES, this::getResolution);
    table.bind(SystemCall.GETTIMEOFDAY, this::getTimeOfDay);
    table.bind(SystemCall.SETTIMEOFDAY, this::setTimeOfDay);
    table.bind(SystemCall.TIMES, this::times);
    table.bind(SystemCall.GETRUSAGE, this::getUsage);
  }

  private long getTime(Task task, long[] a) {
    Guest.putTimespec(task, a[1], clocks.now(task, (int) a[0]));
    return 0;
  }

  private long getResolution(Task task, long[] a) {
    long resolution = clocks.resolution(task, (int) a[0]);
    if (a[1] != 0) {
      Guest.putTimespec(task, a[1], resolution);
    }
    return 0;
  }

  /** Nobody may set a clock, but what is asked for is looked at. */
  private long setTime(Task task, long[] a) {
    clocks.now(task, (int) a[0]);
    if (!Clocks.isSettable((int) a[0])) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.timespec(task, a[1]);
    throw new SysError(Errno.EPERM);
  }

  private long setTimeOfDay(Task task, long[] a) {
    if (a[0] != 0) {
      Guest.timeval(task, a[0]);
    }
    if (a[1] != 0) {
      Guest.checkReadable(task, a[1], Long.BYTES);
    }
    throw new SysError(Errno.EPERM);
  }

  private long getTimeOfDay(Task task, long[] a) {
    if (a[0] != 0) {
      Guest.putTimeval(task, a[0], kernel.clock.realtime());
    }
    if (a[1] != 0) {
      task.cpu.memory.store64(a[1], 0);
    }
    return 0;
  }

  private long sleep(Task task, int clock, long flags, long request, long remaining) {
    if (task.timedOut) {
      return 0;
    }
    boolean absolute = (flags & TIMER_ABSTIME) != 0;
    long now = clocks.now(task, clock);
    Clocks.checkSleep(clock);
    long duration = Guest.timespec(task, request) - (absolute ? now : 0);
    if (duration <= 0) {
      return 0;
    }
    long deadline = task.wait != null ? task.wait.deadline() : kernel.clock.monotonic() + duration;
    Runnable interrupted = () -> putRemaining(task, absolute ? 0 : remaining, deadline);
    throw task.park(Wait.until(() -> false, deadline).whenInterrupted(interrupted));
  }

  private void putRemaining(Task task, long address, long deadline) {
    if (address == 0) {
      return;
    }
    try {
      Guest.putTimespec(task, address, Math.max(0, deadline - kernel.clock.monotonic()));
    } catch (MemoryFault e) {
      return; // the guest does not learn what remains
    }
  }

  private long times(Task task, long[] a) {
    if (a[0] != 0) {
      ByteBuffer b = Guest.struct(32);
      b.putLong(0, task.process.instructions() / TICK);
      b.putLong(8, task.process.systemTime() / TICK);
      b.putLong(16, task.process.childInstructions / TICK);
      b.putLong(24, task.process.childSystemTime / TICK);
      Guest.write(task, a[0], b);
    }
    return kernel.clock.monotonic() / TICK;
  }

  private long getUsage(Task task, long[] a) {
    Process process = task.process;
    ByteBuffer usage =
        switch ((int) a[0]) {
          case RUSAGE_SELF -> usage(process);
          case RUSAGE_CHILDREN -> usage(process.childInstructions, process.childSystemTime, 0);
          case RUSAGE_THREAD ->
              usage(task.instructions, task.systemTime, process.memory.space.touchedBytes());
          default -> throw new SysError(Errno.EINVAL);
        };
    Guest.write(task, a[1], usage);
    return 0;
  }

  /** A struct rusage of a process, which may have ended. */
  static ByteBuffer usage(Process process) {
    long resident = process.isZombie() ? 0 : process.memory.space.touchedBytes();
    return usage(process.instructions(), process.systemTime(), resident);
  }

  /**
   * A struct rusage.
   *
   * @param user nanoseconds of CPU time for instructions
   * @param system nanoseconds of CPU time for system calls
   * @param bytes of memory
   */
  private static ByteBuffer usage(long user, long system, long bytes) {
    ByteBuffer b = Guest.struct(USAGE_SIZE);
    b.putLong(0, user / 1_000_000_000).putLong(8, user / 1000 % 1_000_000);
    b.putLong(16, system / 1_000_000_000).putLong(24, system / 1000 % 1_000_000);
    b.putLong(32, bytes / 1024);
    b.putLong(64, bytes / AddressSpace.PAGE); // each page was a minor fault once
    return b;
  }
}
