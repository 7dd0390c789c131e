package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Watch;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.MemoryFault;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/** Calls that wait for several descriptors. */
final class PollCalls implements CallGroup {
  /** Bytes of a struct pollfd: int descriptor, short wanted, short ready. */
  private static final int POLLFD = 8;

  /** What select calls readable and writable. */
  private static final int READABLE =
      Flags.POLLIN | Flags.POLLRDNORM | Flags.POLLRDBAND | Flags.POLLHUP | Flags.POLLERR;

  private static final int WRITABLE =
      Flags.POLLOUT | Flags.POLLWRNORM | Flags.POLLWRBAND | Flags.POLLERR;

  private final Kernel kernel;

  PollCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.PPOLL, this::poll);
    table.bind(SystemCall.PSELECT6, this::select);
  }

  /**
   * The files that a call waits for: those that it began with. What a descriptor refers to then is
   * looked up each time.
   */
  private static IntFunction<OpenFile> watched(Task task) {
    return descriptor -> task.callFiles.find(task.process.files, descriptor);
  }

  /** The wanted events that a descriptor is ready for, and its errors. */
  private static int events(FileTable files, int descriptor, int wanted) {
    OpenFile file = files.find(descriptor);
    if (file == null) {
      return Flags.POLLNVAL;
    }
    return file.ready() & (wanted | Flags.POLLHUP | Flags.POLLERR);
  }

  private long poll(Task task, long[] a) {
    long count = a[1] & 0xffffffffL;
    if (count > task.process.files.most()) {
      throw new SysError(Errno.EINVAL);
    }
    long deadline = deadline(task, a[2]);
    if (a[3] != 0 && a[4] != Long.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
    ByteBuffer polls = Guest.struct(task, a[0], (int) count * POLLFD);
    boolean again = task.wait != null;
    FileTable files = task.process.files;
    int ready = scan(files, polls);
    if (ready == 0 && !task.timedOut && deadline > kernel.clock.monotonic()) {
      if (!again) {
        WaitMask.set(task, a[3], a[4]);
      }
      throw task.park(
          Wait.until(watch(watched(task), polls), deadline)
              .whenInterrupted(() -> putLeft(task, a[2], deadline)));
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

  private static Watch watch(IntFunction<OpenFile> files, ByteBuffer polls) {
    Watch watch = new Watch();
    for (int at = 0; at < polls.capacity(); at += POLLFD) {
      OpenFile file = files.apply(polls.getInt(at));
      if (file != null) {
        watch.on(file);
      }
    }
    return watch;
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

  private long select(Task task, long[] a) {
    if (a[0] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int count = (int) Math.min(a[0], task.process.files.most());
    int bytes = (count + 63) / 64 * 8;
    ByteBuffer[] wanted = new ByteBuffer[3];
    for (int i = 0; i < 3; i++) {
      wanted[i] = a[1 + i] == 0 ? Guest.struct(bytes) : Guest.struct(task, a[1 + i], bytes);
    }
    long deadline = deadline(task, a[4]);
    boolean again = task.wait != null;
    FileTable files = task.process.files;
    ByteBuffer[] found = {Guest.struct(bytes), Guest.struct(bytes), Guest.struct(bytes)};
    if (!again) {
      checkOpen(files, count, wanted);
    }
    int ready = scan(files, count, wanted, found);
    if (ready == 0 && !task.timedOut && deadline > kernel.clock.monotonic()) {
      if (!again && a[5] != 0) {
        long set = task.cpu.memory.load64(a[5]);
        WaitMask.set(task, set, set == 0 ? 0 : task.cpu.memory.load64(a[5] + 8));
      }
      throw task.park(
          Wait.until(watch(watched(task), count, wanted), deadline)
              .whenInterrupted(() -> putLeft(task, a[4], deadline)));
    }
    putLeft(task, a[4], deadline);
    for (int i = 0; i < 3; i++) {
      if (a[1 + i] != 0) {
        Guest.write(task, a[1 + i], found[i]);
      }
    }
    return ready;
  }

  private static Watch watch(IntFunction<OpenFile> files, int count, ByteBuffer[] wanted) {
    Watch watch = new Watch();
    for (int descriptor = 0; descriptor < count; descriptor++) {
      if (isWanted(wanted, descriptor)) {
        OpenFile file = files.apply(descriptor);
        if (file != null) { // null if it was closed meanwhile
          watch.on(file);
        }
      }
    }
    return watch;
  }

  private static void checkOpen(FileTable files, int count, ByteBuffer[] wanted) {
    for (int descriptor = 0; descriptor < count; descriptor++) {
      if (isWanted(wanted, descriptor)) {
        files.get(descriptor);
      }
    }
  }

  private static boolean isWanted(ByteBuffer[] wanted, int descriptor) {
    int at = descriptor / 8;
    int any = wanted[0].get(at) | wanted[1].get(at) | wanted[2].get(at);
    return (any & 1 << descriptor % 8) != 0;
  }

  private static int scan(FileTable files, int count, ByteBuffer[] wanted, ByteBuffer[] found) {
    int[] events = {READABLE, WRITABLE, Flags.POLLPRI};
    int ready = 0;
    for (int descriptor = 0; descriptor < count; descriptor++) {
      for (int i = 0; i < 3; i++) {
        int bit = 1 << descriptor % 8;
        if ((wanted[i].get(descriptor / 8) & bit) == 0) {
          continue;
        }
        int now = events(files, descriptor, -1);
        if ((now & (events[i] | Flags.POLLNVAL)) != 0) {
          found[i].put(descriptor / 8, (byte) (found[i].get(descriptor / 8) | bit));
          ready++;
        }
      }
    }
    return ready;
  }
}
