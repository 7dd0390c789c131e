package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.Devices;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;

/** Calls that copy from one open file to another. */
final class CopyCalls implements CallGroup {
  private static final int MOST_SENT = 1 << 16;
  private static final long MOST_COPIED = 1 << 20;

  private final Transfers transfers;
  private final FileSizeLimit limit;

  CopyCalls(Kernel kernel) {
    this.transfers = new Transfers(kernel);
    this.limit = new FileSizeLimit(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SENDFILE, this::sendfile);
    table.bind(SystemCall.COPY_FILE_RANGE, this::copyRange);
  }

  private long sendfile(Task task, long[] a) {
    OpenFile to = Transfers.writable(task, a[0]);
    OpenFile from = Transfers.readable(task, a[1]);
    boolean device = Devices.isMemory(from.stat().special());
    if (!(from instanceof RegularFile) && !device) {
      throw new SysError(Errno.EINVAL);
    }
    if ((to.flags() & Flags.O_APPEND) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    long count = Math.min(a[3], MOST_SENT);
    long position = position(task, from, a[2]);
    if (count < 0 || position < 0) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] buffer = new byte[(int) count];
    int read = from.read(position, buffer, 0, buffer.length);
    if (read == 0) {
      return 0;
    }
    if (!to.canWrite(read)) {
      if (to.isNonBlocking()) {
        throw new SysError(Errno.EAGAIN);
      }
      throw task.park(Wait.until(() -> to.canWrite(read)));
    }
    int written = transfers.put(task, to, buffer, limit.allowed(task, to, read, 0));
    setPosition(task, from, a[2], position + written);
    return written;
  }

  private long copyRange(Task task, long[] a) {
    OpenFile from = Guest.usable(task, a[0]);
    OpenFile to = Guest.usable(task, a[2]);
    if (from instanceof DirectoryFile || to instanceof DirectoryFile) {
      throw new SysError(Errno.EISDIR);
    }
    if (!(from instanceof RegularFile) || !(to instanceof RegularFile target) || a[5] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (!from.isReadable() || !to.isWritable() || (target.flags() & Flags.O_APPEND) != 0) {
      throw new SysError(Errno.EBADF);
    }
    byte[] buffer = new byte[(int) Math.clamp(a[4], 0L, MOST_COPIED)];
    long position = position(task, from, a[1]);
    long goal = a[3] == 0 ? target.writePosition() : task.cpu.memory.load64(a[3]);
    if (overflows(position, a[4]) || overflows(goal, a[4])) {
      throw new SysError(Errno.EOVERFLOW);
    }
    if (position < 0 || goal < 0 || position + a[4] < 0 || goal + a[4] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean same = from.node() == to.node() || isSame(from.stat(), to.stat());
    long length = Math.clamp(from.stat().size() - position, 0L, a[4]);
    if (same && position < goal + length && goal < position + length) {
      throw new SysError(Errno.EINVAL); // the ranges overlap
    }
    int read = from.read(position, buffer, 0, buffer.length);
    int written = 0;
    if (read > 0) {
      written = to.write(goal, buffer, 0, limit.allowed(task, to, read, goal, 0));
    }
    setPosition(task, from, a[1], position + written);
    setPosition(task, to, a[3], goal + written);
    return written;
  }

  private static boolean overflows(long position, long length) {
    return Long.compareUnsigned(position + length, position) < 0;
  }

  private static boolean isSame(Stat one, Stat other) {
    return one.device() == other.device() && one.inode() == other.inode();
  }

  /** The position that an argument points to, or the file's own if it is a null pointer. */
  private static long position(Task task, OpenFile file, long address) {
    return address == 0 ? file.seek(0, Flags.SEEK_CUR) : task.cpu.memory.load64(address);
  }

  private static void setPosition(Task task, OpenFile file, long address, long position) {
    if (address == 0) {
      file.seek(position, Flags.SEEK_SET);
    } else {
      task.cpu.memory.store64(address, position);
    }
  }
}
