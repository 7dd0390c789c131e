package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.event.EventCount;
import dev.axon64.linux.event.SignalFile;
import dev.axon64.linux.event.TimerFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;

/** Calls that make descriptors of counters, timers and signals. */
final class EventCalls implements CallGroup {
  private static final int STATUS = Flags.O_NONBLOCK | Flags.O_CLOEXEC;
  private static final int EFD_SEMAPHORE = 1;
  private static final int TFD_TIMER_ABSTIME = 1;
  private static final int TFD_TIMER_CANCEL_ON_SET = 2;

  private final Kernel kernel;
  private final TimerTimes times;

  EventCalls(Kernel kernel) {
    this.kernel = kernel;
    this.times = new TimerTimes(kernel.clock);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.EVENTFD2, this::eventfd);
    table.bind(SystemCall.TIMERFD_CREATE, this::timerfd);
    table.bind(SystemCall.TIMERFD_SETTIME, this::setTimer);
    table.bind(SystemCall.TIMERFD_GETTIME, this::getTimer);
    table.bind(SystemCall.SIGNALFD4, this::signalfd);
  }

  private static long added(Task task, OpenFile file, long flags) {
    return task.process.files.add(file, (flags & Flags.O_CLOEXEC) != 0, 0);
  }

  private static void check(long flags, int allowed) {
    if (((int) flags & ~allowed) != 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private long eventfd(Task task, long[] a) {
    check(a[1], STATUS | EFD_SEMAPHORE);
    boolean semaphore = (a[1] & EFD_SEMAPHORE) != 0;
    return added(task, new EventCount(a[0] & 0xffffffffL, semaphore, (int) a[1]), a[1]);
  }

  private long timerfd(Task task, long[] a) {
    check(a[1], STATUS);
    boolean ofDay =
        switch ((int) a[0]) {
          case TimerTimes.REALTIME, TimerTimes.REALTIME_ALARM -> true;
          case TimerTimes.MONOTONIC, TimerTimes.BOOTTIME, TimerTimes.BOOTTIME_ALARM -> false;
          default -> throw new SysError(Errno.EINVAL);
        };
    return added(task, new TimerFile(kernel, ofDay, (int) a[1]), a[1]);
  }

  private static TimerFile timer(Task task, long descriptor) {
    if (Guest.file(task, descriptor) instanceof TimerFile timer) {
      return timer;
    }
    throw new SysError(Errno.EINVAL);
  }

  private long setTimer(Task task, long[] a) {
    TimerTimes.Setting setting = TimerTimes.read(task, a[2]);
    check(a[1], TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET);
    TimerFile timer = timer(task, a[0]);
    long left = timer.left();
    long every = timer.every();
    boolean absolute = (a[1] & TFD_TIMER_ABSTIME) != 0;
    timer.set(times.first(setting, absolute, timer.isOfDay()), setting.every());
    if (a[3] != 0) {
      TimerTimes.write(task, a[3], left, every);
    }
    return 0;
  }

  private long getTimer(Task task, long[] a) {
    TimerFile timer = timer(task, a[0]);
    TimerTimes.write(task, a[1], timer.left(), timer.every());
    return 0;
  }

  private long signalfd(Task task, long[] a) {
    if (a[2] != Long.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
    ByteBuffer set = Guest.struct(task, a[1], Long.BYTES);
    check(a[3], STATUS);
    long mask = set.getLong(0) & ~Signals.UNBLOCKABLE;
    if ((int) a[0] == -1) {
      return added(task, new SignalFile(kernel, mask, (int) a[3]), a[3]);
    }
    if (!(Guest.file(task, a[0]) instanceof SignalFile file)) {
      throw new SysError(Errno.EINVAL);
    }
    file.setMask(mask);
    return a[0];
  }
}
