package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.MemoryFault;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Calls that wait for several descriptors. */
final class PollCalls implements CallGroup {
  /** Bytes of a struct pollfd: int descriptor, short wanted, short ready. */
  private static final int POLLFD = 8;

  private static final int FD_SETSIZE = 1024;

  private final Kernel kernel;

  PollCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.PPOLL, this::poll);
    table.bind(SystemCall.PSELECT6, this::select);
  }

  /** The wanted events that a descriptor is ready for, and its errors. */
  private static int events(FileTable files, int descriptor, int wanted) {
    OpenFile file = files.find(descriptor);
    if (file == null) {
      return Flags.POLLNVAL;
    }
    int events = 0;
    if (file.isReadable() && file.canRead() && !(file.isHungUp() && file.available() == 0)) {
      events |= Flags.POLLIN | Flags.POLLRDNORM;
    }
    if (file.isWritable() && file.canWrite(1)) {
      events |= Flags.POLLOUT | Flags.POLLWRNORM;
    }
    events &= wanted;
    if (file.isHungUp()) {
      events |= file.isReadable() ? Flags.POLLHUP : Flags.POLLERR;
    }
    return events;
  }

  private long poll(Task task, long[] a) {
    long count = a[1] & 0xffffffffL;
    if (count > task.process.files.most()) {
      throw new SysError(Errno.EINVAL);
    }
    ByteBuffer polls = Guest.struct(task, a[0], (int) count * POLLFD);
    long deadline = deadline(task, a[2]);
    boolean again = task.wait != null;
    FileTable files = task.process.files;
    int ready = scan(files, polls);
    if (ready == 0 && !task.timedOut && deadline > kernel.clock.monotonic()) {
      if (!again) {
        mask(task, a[3], a[4]);
      }
      BooleanSupplier any = () -> scan(files, polls.duplicate().order(polls.order())) > 0;
      throw task.park(
          Wait.until(any, deadline).whenInterrupted(() -> putLeft(task, a[2], deadline)));
    }
    Guest.write(task, a[0], polls);
    putLeft(task, a[2], deadline);
    return ready;
  }

  private static int scan(FileTable files, ByteBuffer polls) {
    int ready = 0;
    for (int at = 0; at < polls.capacity(); at += POLLFD) {
      int descriptor = polls.getInt(at);
      int events = descriptor < 0 ? 0 : events(files, descriptor, polls.getShort(at + 4));
      polls.putShort(at + 6, (short) events);
      ready += events != 0 ? 1 : 0;
    }
    return ready;
  }

  /** The deadline of the call, counted from when it was first made. */
  private long deadline(Task task, long address) {
    if (task.wait != null) {
      return task.wait.deadline();
    }
    return address == 0 ? Wait.FOREVER : kernel.clock.monotonic() + Guest.timespec(task, address);
  }

  /** Tells how much of the time is left, as Linux does where it can. */
  private void putLeft(Task task, long address, long deadline) {
    if (address == 0) {
      return;
    }
    try {
      long left = Math.max(0, deadline - kernel.clock.monotonic());
      Guest.putTimespec(task, address, left);
    } catch (MemoryFault readOnly) {
      return; // then it is not told
    }
  }

  /** Blocks other signals while the call waits. */
  private static void mask(Task task, long address, long size) {
    if (address != 0) {
      if (size != Long.BYTES) {
        throw new SysError(Errno.EINVAL);
      }
      long set = task.cpu.memory.load64(address);
      task.savedMask = task.blocked;
      task.blocked = set & ~Signals.UNBLOCKABLE;
    }
  }

  private long select(Task task, long[] a) {
    int count = (int) a[0];
    if (count < 0 || count > FD_SETSIZE) {
      throw new SysError(Errno.EINVAL);
    }
    int bytes = (count + 63) / 64 * 8;
    ByteBuffer[] wanted = new ByteBuffer[3];
    for (int i = 0; i < 3; i++) {
      wanted[i] = a[1 + i] == 0 ? Guest.struct(bytes) : Guest.struct(task, a[1 + i], bytes);
    }
    long deadline = deadline(task, a[4]);
    boolean again = task.wait != null;
    FileTable files = task.process.files;
    ByteBuffer[] found = {Guest.struct(bytes), Guest.struct(bytes), Guest.struct(bytes)};
    int ready = scan(files, count, wanted, found);
    if (ready == 0 && !task.timedOut && deadline > kernel.clock.monotonic()) {
      if (!again && a[5] != 0) {
        long set = task.cpu.memory.load64(a[5]);
        mask(task, set, set == 0 ? 0 : task.cpu.memory.load64(a[5] + 8));
      }
      BooleanSupplier any = () -> anyReady(files, count, wanted);
      throw task.park(
          Wait.until(any, deadline).whenInterrupted(() -> putLeft(task, a[4], deadline)));
    }
    putLeft(task, a[4], deadline);
    for (int i = 0; i < 3; i++) {
      if (a[1 + i] != 0) {
        Guest.write(task, a[1 + i], found[i]);
      }
    }
    return ready;
  }

  private static boolean anyReady(FileTable files, int count, ByteBuffer[] wanted) {
    int bytes = wanted[0].capacity();
    ByteBuffer[] found = {Guest.struct(bytes), Guest.struct(bytes), Guest.struct(bytes)};
    try {
      return scan(files, count, wanted, found) > 0;
    } catch (SysError closed) {
      return true; // the call finds out for itself
    }
  }

  private static int scan(FileTable files, int count, ByteBuffer[] wanted, ByteBuffer[] found) {
    int[] events = {
      Flags.POLLIN | Flags.POLLHUP | Flags.POLLERR, Flags.POLLOUT | Flags.POLLERR, Flags.POLLPRI
    };
    int ready = 0;
    for (int descriptor = 0; descriptor < count; descriptor++) {
      for (int i = 0; i < 3; i++) {
        int bit = 1 << descriptor % 8;
        if ((wanted[i].get(descriptor / 8) & bit) == 0) {
          continue;
        }
        int now = events(files, descriptor, Flags.POLLIN | Flags.POLLOUT | Flags.POLLPRI);
        if ((now & Flags.POLLNVAL) != 0) {
          throw new SysError(Errno.EBADF);
        }
        if ((now & events[i]) != 0) {
          found[i].put(descriptor / 8, (byte) (found[i].get(descriptor / 8) | bit));
          ready++;
        }
      }
    }
    return ready;
  }
}
