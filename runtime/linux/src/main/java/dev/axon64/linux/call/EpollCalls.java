package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.event.Epoll;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Watch;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;
import java.util.List;

/** Calls that wait for many descriptors through one (epoll(7)). */
final class EpollCalls implements CallGroup {
  private static final int ADD = 1;
  private static final int DEL = 2;
  private static final int MOD = 3;
  private static final int EXCLUSIVE = 1 << 28;

  /** What may be asked for together with EPOLLEXCLUSIVE. */
  private static final int WITH_EXCLUSIVE =
      Flags.POLLIN
          | Flags.POLLOUT
          | Flags.POLLERR
          | Flags.POLLHUP
          | EXCLUSIVE
          | 1 << 29 // EPOLLWAKEUP
          | 1 << 31; // EPOLLET

  /** Bytes of a struct epoll_event: int events, padding, long data. */
  private static final int EVENT = 16;

  private static final int MOST_EVENTS = Integer.MAX_VALUE / EVENT;
  private static final long MILLISECOND = 1_000_000;

  private final Kernel kernel;

  EpollCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.EPOLL_CREATE1, this::create);
    table.bind(SystemCall.EPOLL_CTL, this::control);
    table.bind(SystemCall.EPOLL_PWAIT, (t, a) -> await(t, a, afterMilliseconds(t, (int) a[3])));
    table.bind(SystemCall.EPOLL_PWAIT2, (t, a) -> await(t, a, after(t, a[3])));
  }

  private long create(Task task, long[] a) {
    if (((int) a[0] & ~Flags.O_CLOEXEC) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    task.process.files.checkRoom(1);
    return task.process.files.add(new Epoll(), a[0] != 0, 0);
  }

  private long control(Task task, long[] a) {
    int operation = (int) a[1];
    ByteBuffer event = operation == DEL ? null : Guest.struct(task, a[3], EVENT);
    OpenFile epollFile = Guest.file(task, a[0]);
    OpenFile file = Guest.file(task, a[2]);
    if (!file.canPoll()) {
      throw new SysError(Errno.EPERM);
    }
    if (epollFile == file || !(epollFile instanceof Epoll epoll)) {
      throw new SysError(Errno.EINVAL);
    }
    int events = event == null ? 0 : event.getInt(0);
    if (event != null && (events & EXCLUSIVE) != 0) {
      boolean allowed = operation == ADD && (events & ~WITH_EXCLUSIVE) == 0;
      if (!allowed || file instanceof Epoll) {
        throw new SysError(Errno.EINVAL);
      }
    }
    switch (operation) {
      case ADD -> epoll.add(file, (int) a[2], events, event.getLong(8));
      case MOD -> epoll.modify(file, (int) a[2], events, event.getLong(8));
      case DEL -> epoll.delete(file, (int) a[2]);
      default -> throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private long afterMilliseconds(Task task, int milliseconds) {
    if (task.wait != null) {
      return task.wait.deadline();
    }
    return milliseconds < 0 ? Wait.FOREVER : kernel.clock.monotonic() + milliseconds * MILLISECOND;
  }

  private long after(Task task, long address) {
    if (task.wait != null) {
      return task.wait.deadline();
    }
    return address == 0 ? Wait.FOREVER : kernel.clock.monotonic() + Guest.timespec(task, address);
  }

  private long await(Task task, long[] a, long deadline) {
    boolean again = task.wait != null;
    if (!again) {
      WaitMask.set(task, a[4], a[5]);
    }
    if ((int) a[2] <= 0 || (int) a[2] > MOST_EVENTS) {
      throw new SysError(Errno.EINVAL);
    }
    if (!(Guest.file(task, a[0]) instanceof Epoll epoll)) {
      throw new SysError(Errno.EINVAL);
    }
    int room =
        (int) Math.min(a[2], Guest.span(task, a[1], a[2] * EVENT, AddressSpace.WRITE) / EVENT);
    if (room == 0) {
      throw new SysError(Errno.EFAULT);
    }
    List<Epoll.Event> events = epoll.take(room);
    if (events.isEmpty() && !task.timedOut && deadline > kernel.clock.monotonic()) {
      throw task.park(Wait.until(new Watch().on(epoll), deadline));
    }
    ByteBuffer b = Guest.struct(events.size() * EVENT);
    for (int i = 0; i < events.size(); i++) {
      b.putInt(i * EVENT, events.get(i).events()).putLong(i * EVENT + 8, events.get(i).data());
    }
    Guest.write(task, a[1], b);
    return events.size();
  }
}
