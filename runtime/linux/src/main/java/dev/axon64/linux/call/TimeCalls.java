package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.MemoryFault;
import java.nio.ByteBuffer;

/**
 * Calls about time. A process's CPU time is one nanosecond per instruction, the same in every run.
 */
final class TimeCalls implements CallGroup {
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final int CLOCK_THREAD_CPUTIME_ID = 3;
  private static final int CLOCK_MONOTONIC_RAW = 4;
  private static final int CLOCK_REALTIME_COARSE = 5;
  private static final int CLOCK_MONOTONIC_COARSE = 6;
  private static final int CLOCK_BOOTTIME = 7;
  private static final int CLOCK_REALTIME_ALARM = 8;
  private static final int CLOCK_BOOTTIME_ALARM = 9;
  private static final int CLOCK_TAI = 11;
  private static final int ITIMER_REAL = 0;
  private static final int ITIMER_LAST = 2;
  private static final int RUSAGE_SELF = 0;
  private static final int RUSAGE_CHILDREN = -1;
  private static final int RUSAGE_THREAD = 1;
  private static final int TIMER_ABSTIME = 1;
  private static final long TICK = 10_000_000;
  private static final int USAGE_SIZE = 144;

  private final Kernel kernel;

  TimeCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.NANOSLEEP, (t, a) -> sleep(t, CLOCK_MONOTONIC, 0, a[0], a[1]));
    table.bind(SystemCall.CLOCK_NANOSLEEP, (t, a) -> sleep(t, a[0], a[1], a[2], a[3]));
    table.bind(SystemCall.CLOCK_GETTIME, this::getTime);
    table.bind(SystemCall.CLOCK_SETTIME, Replies.error(Errno.EPERM));
    table.bind(SystemCall.CLOCK_GETRES, this::getResolution);
    table.bind(SystemCall.GETTIMEOFDAY, this::getTimeOfDay);
    table.bind(SystemCall.SETTIMEOFDAY, Replies.error(Errno.EPERM));
    table.bind(SystemCall.TIMES, this::times);
    table.bind(SystemCall.GETITIMER, this::getTimer);
    table.bind(SystemCall.SETITIMER, this::setTimer);
    table.bind(SystemCall.GETRUSAGE, this::getUsage);
  }

  /** The time of a clock in nanoseconds; fails with EINVAL if there is no such clock. */
  private long now(Task task, long clock) {
    return switch ((int) clock) {
      case CLOCK_REALTIME, CLOCK_REALTIME_COARSE, CLOCK_REALTIME_ALARM, CLOCK_TAI ->
          kernel.clock.realtime();
      case CLOCK_MONOTONIC,
          CLOCK_MONOTONIC_RAW,
          CLOCK_MONOTONIC_COARSE,
          CLOCK_BOOTTIME,
          CLOCK_BOOTTIME_ALARM ->
          kernel.clock.monotonic();
      case CLOCK_PROCESS_CPUTIME_ID -> task.process.instructions();
      case CLOCK_THREAD_CPUTIME_ID -> task.instructions;
      default -> throw new SysError(Errno.EINVAL);
    };
  }

  private void checkClock(Task task, long clock) {
    now(task, clock);
  }

  private long getTime(Task task, long[] a) {
    Guest.putTimespec(task, a[1], now(task, a[0]));
    return 0;
  }

  private long getResolution(Task task, long[] a) {
    checkClock(task, a[0]);
    if (a[1] != 0) {
      Guest.putTimespec(task, a[1], 1);
    }
    return 0;
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

  private long sleep(Task task, long clock, long flags, long request, long remaining) {
    if (task.timedOut) {
      return 0;
    }
    boolean absolute = (flags & TIMER_ABSTIME) != 0;
    long now = now(task, clock);
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
      b.putLong(16, task.process.childInstructions / TICK);
      Guest.write(task, a[0], b);
    }
    return kernel.clock.monotonic() / TICK;
  }

  private static void checkTimer(long which) {
    if (which < ITIMER_REAL || which > ITIMER_LAST) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private long getTimer(Task task, long[] a) {
    checkTimer(a[0]);
    putTimer(task, a[1], a[0] == ITIMER_REAL);
    return 0;
  }

  /** The remaining time and the interval; those of timers other than ITIMER_REAL are never set. */
  private void putTimer(Task task, long address, boolean real) {
    Process process = task.process;
    long left = real && process.timerAt != 0 ? process.timerAt - kernel.clock.monotonic() : 0;
    Guest.putTimeval(task, address, real ? process.timerEvery : 0);
    Guest.putTimeval(task, address + 16, real && process.timerAt != 0 ? Math.max(1000, left) : 0);
  }

  private long setTimer(Task task, long[] a) {
    checkTimer(a[0]);
    long every = a[1] == 0 ? 0 : Guest.timeval(task, a[1]);
    long first = a[1] == 0 ? 0 : Guest.timeval(task, a[1] + 16);
    if (a[2] != 0) {
      putTimer(task, a[2], a[0] == ITIMER_REAL);
    }
    if (a[0] != ITIMER_REAL) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    task.process.timerAt = first == 0 ? 0 : kernel.clock.monotonic() + first;
    task.process.timerEvery = every;
    return 0;
  }

  private long getUsage(Task task, long[] a) {
    long used =
        switch ((int) a[0]) {
          case RUSAGE_SELF -> task.process.instructions();
          case RUSAGE_CHILDREN -> task.process.childInstructions;
          case RUSAGE_THREAD -> task.instructions;
          default -> throw new SysError(Errno.EINVAL);
        };
    Guest.write(task, a[1], usage(used, task.process.memory.space.mappedBytes()));
    return 0;
  }

  /**
   * A struct rusage.
   *
   * @param nanoseconds of CPU time
   * @param bytes of memory
   */
  static ByteBuffer usage(long nanoseconds, long bytes) {
    ByteBuffer b = Guest.struct(USAGE_SIZE);
    b.putLong(0, nanoseconds / 1_000_000_000).putLong(8, nanoseconds / 1000 % 1_000_000);
    b.putLong(32, bytes / 1024);
    return b;
  }
}
