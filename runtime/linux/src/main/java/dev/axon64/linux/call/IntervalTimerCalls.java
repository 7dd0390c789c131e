package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.CpuTimer;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;

/** Calls about the three timers that a process has (setitimer(2)). */
final class IntervalTimerCalls implements CallGroup {
  private static final int ITIMER_REAL = 0;
  private static final int ITIMER_VIRTUAL = 1;
  private static final int ITIMER_LAST = 2;

  /** No timer that is set has less left than this. */
  private static final long LEAST = 1000;

  private final Kernel kernel;

  IntervalTimerCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.GETITIMER, this::get);
    table.bind(SystemCall.SETITIMER, this::set);
  }

  private static int checked(long which) {
    if (which < ITIMER_REAL || which > ITIMER_LAST) {
      throw new SysError(Errno.EINVAL);
    }
    return (int) which;
  }

  private static CpuTimer cpuTimer(Process process, int which) {
    return which == ITIMER_VIRTUAL ? process.virtualTimer : process.profilingTimer;
  }

  /** The time that a timer counts. */
  private long now(Process process, int which) {
    return switch (which) {
      case ITIMER_REAL -> kernel.clock.monotonic();
      case ITIMER_VIRTUAL -> process.instructions();
      default -> process.cpuTime();
    };
  }

  private long get(Task task, long[] a) {
    put(task, a[1], checked(a[0]));
    return 0;
  }

  private void put(Task task, long address, int which) {
    Process process = task.process;
    boolean real = which == ITIMER_REAL;
    long at = real ? process.timerAt : cpuTimer(process, which).at;
    long left = at == 0 ? 0 : Math.max(LEAST, at - now(process, which));
    Guest.putTimeval(task, address, real ? process.timerEvery : cpuTimer(process, which).every);
    Guest.putTimeval(task, address + 16, left);
  }

  private long set(Task task, long[] a) {
    int which = checked(a[0]);
    long every = a[1] == 0 ? 0 : Guest.timeval(task, a[1]);
    long first = a[1] == 0 ? 0 : Guest.timeval(task, a[1] + 16);
    if (a[2] != 0) {
      put(task, a[2], which);
    }
    Process process = task.process;
    long at = first == 0 ? 0 : now(process, which) + first;
    if (which == ITIMER_REAL) {
      process.timerAt = at;
      process.timerEvery = every;
    } else {
      cpuTimer(process, which).at = at;
      cpuTimer(process, which).every = every;
    }
    return 0;
  }
}
