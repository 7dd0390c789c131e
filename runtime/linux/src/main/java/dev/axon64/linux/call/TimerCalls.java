package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.PosixTimer;
import dev.axon64.linux.process.PosixTimers;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;

/** Calls about timers that send signals (timer_create(2)). */
final class TimerCalls implements CallGroup {
  private static final int TIMER_ABSTIME = 1;
  private static final int SIGEV_SIGNAL = 0;
  private static final int SIGEV_NONE = 1;
  private static final int SIGEV_THREAD = 2;
  private static final int SIGEV_THREAD_ID = 4;
  private static final int TAI = 11;
  private static final int LAST_CLOCK = 15;

  /** Bytes of a struct sigevent. */
  private static final int SIGEVENT = 64;

  private final Kernel kernel;
  private final TimerTimes times;

  TimerCalls(Kernel kernel) {
    this.kernel = kernel;
    this.times = new TimerTimes(kernel.clock);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.TIMER_CREATE, this::create);
    table.bind(SystemCall.TIMER_SETTIME, this::set);
    table.bind(SystemCall.TIMER_GETTIME, this::get);
    table.bind(SystemCall.TIMER_GETOVERRUN, (t, a) -> t.process.timers.get(a[0]).overrun());
    table.bind(SystemCall.TIMER_DELETE, this::delete);
  }

  /** Whether a clock is the time of day; fails if timers cannot have the clock. */
  private static boolean isOfDay(int clock) {
    return switch (clock) {
      case TimerTimes.REALTIME, TimerTimes.REALTIME_ALARM, TAI -> true;
      case TimerTimes.MONOTONIC, TimerTimes.BOOTTIME, TimerTimes.BOOTTIME_ALARM -> false;
      default ->
          throw new SysError(clock > LAST_CLOCK || clock == 10 ? Errno.EINVAL : Errno.EOPNOTSUPP);
    };
  }

  private long create(Task task, long[] a) {
    ByteBuffer event = a[1] == 0 ? null : Guest.struct(task, a[1], SIGEVENT);
    boolean ofDay = isOfDay((int) a[0]);
    PosixTimers timers = task.process.timers;
    int id = timers.newId();
    PosixTimer.Target target =
        event == null ? new PosixTimer.Target(Signals.SIGALRM, null, id) : target(task, event);
    task.cpu.memory.store32(a[2], id);
    timers.add(new PosixTimer(kernel, task.process, id, ofDay, target));
    return 0;
  }

  private PosixTimer.Target target(Task task, ByteBuffer event) {
    int signal = event.getInt(8);
    int notify = event.getInt(12);
    Task thread = null;
    switch (notify) {
      case SIGEV_NONE -> {
        return new PosixTimer.Target(0, null, 0);
      }
      case SIGEV_SIGNAL, SIGEV_THREAD -> {}
      case SIGEV_THREAD_ID -> {
        thread = kernel.task(event.getInt(16));
        if (thread == null || thread.process != task.process) {
          throw new SysError(Errno.EINVAL);
        }
      }
      default -> throw new SysError(Errno.EINVAL);
    }
    if (signal < 1 || signal > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    return new PosixTimer.Target(signal, thread, event.getLong(0));
  }

  private long set(Task task, long[] a) {
    if (a[2] == 0) {
      throw new SysError(Errno.EINVAL);
    }
    TimerTimes.Setting setting = TimerTimes.read(task, a[2]);
    PosixTimer timer = task.process.timers.get(a[0]);
    long left = timer.left();
    long every = timer.every();
    boolean absolute = (a[1] & TIMER_ABSTIME) != 0;
    timer.set(times.first(setting, absolute, timer.isOfDay()), setting.every());
    if (a[3] != 0) {
      TimerTimes.write(task, a[3], left, every);
    }
    return 0;
  }

  private long get(Task task, long[] a) {
    PosixTimer timer = task.process.timers.get(a[0]);
    TimerTimes.write(task, a[1], timer.left(), timer.every());
    return 0;
  }

  private long delete(Task task, long[] a) {
    task.process.timers.delete(a[0]);
    return 0;
  }
}
