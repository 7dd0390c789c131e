package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.memory.AddressSpace;

/** Reading and writing open files. */
final class TransferCalls implements CallGroup {
  private static final int CHUNK = 1 << 16;
  private static final int MOST_VECTORS = 1024;

  private final Kernel kernel;

  TransferCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.READ, (t, a) -> read(t, readable(t, a[0]), a[1], a[2]));
    table.bind(SystemCall.WRITE, (t, a) -> write(t, writable(t, a[0]), a[1], a[2]));
    table.bind(SystemCall.READV, (t, a) -> vectors(t, a, true));
    table.bind(SystemCall.WRITEV, (t, a) -> vectors(t, a, false));
    table.bind(SystemCall.PREAD64, (t, a) -> readAt(t, readable(t, a[0]), a[1], a[2], a[3]));
    table.bind(SystemCall.PWRITE64, (t, a) -> writeAt(t, writable(t, a[0]), a[1], a[2], a[3]));
    table.bind(SystemCall.PREADV, (t, a) -> vectorsAt(t, a, true));
    table.bind(SystemCall.PWRITEV, (t, a) -> vectorsAt(t, a, false));
    table.bind(SystemCall.LSEEK, (t, a) -> Guest.file(t, a[0]).seek(a[1], (int) a[2]));
    table.bind(SystemCall.SENDFILE, this::sendfile);
    table.bind(SystemCall.COPY_FILE_RANGE, this::copyRange);
    table.bind(SystemCall.FSYNC, this::sync);
    table.bind(SystemCall.FDATASYNC, this::sync);
    table.bind(SystemCall.SYNC, Replies.SUCCESS);
    table.bind(SystemCall.SYNCFS, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.SYNC_FILE_RANGE, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.FTRUNCATE, (t, a) -> resize(t, writableForSize(t, a[0]), a[1]));
    table.bind(SystemCall.FALLOCATE, this::allocate);
    table.bind(SystemCall.FADVISE64, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.READAHEAD, Replies.SUCCESS_IF_OPEN);
  }

  private static OpenFile readable(Task task, long descriptor) {
    OpenFile file = Guest.file(task, descriptor);
    if (!file.isReadable()) {
      throw new SysError(Errno.EBADF);
    }
    return file;
  }

  private static OpenFile writable(Task task, long descriptor) {
    OpenFile file = Guest.file(task, descriptor);
    if (!file.isWritable()) {
      throw new SysError(Errno.EBADF);
    }
    return file;
  }

  private static OpenFile writableForSize(Task task, long descriptor) {
    OpenFile file = Guest.file(task, descriptor);
    if (!file.isWritable() || file instanceof DirectoryFile) {
      throw new SysError(Errno.EINVAL);
    }
    return file;
  }

  /** Parks until the file can be read, or fails if it must not wait. */
  private static void awaitReadable(Task task, OpenFile file) {
    if (!file.canRead()) {
      if (file.isNonBlocking()) {
        throw new SysError(Errno.EAGAIN);
      }
      throw task.park(Wait.until(file::canRead));
    }
  }

  private long read(Task task, OpenFile file, long address, long length) {
    if (length < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (file instanceof DirectoryFile) {
      throw new SysError(Errno.EISDIR);
    }
    int wanted = Guest.span(task, address, length, AddressSpace.WRITE);
    if (wanted > 0) {
      awaitReadable(task, file);
    }
    int done = 0;
    byte[] buffer = new byte[Math.min(wanted, CHUNK)];
    while (done < wanted) {
      int part = Math.min(buffer.length, wanted - done);
      int count = file.read(buffer, 0, part);
      task.cpu.memory.write(address + done, buffer, 0, count);
      done += count;
      if (count < part || !(file instanceof RegularFile) && !file.canRead()) {
        break;
      }
    }
    return done;
  }

  private long readAt(Task task, OpenFile file, long address, long length, long position) {
    if (length < 0 || position < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int wanted = Guest.span(task, address, length, AddressSpace.WRITE);
    int done = 0;
    byte[] buffer = new byte[Math.min(wanted, CHUNK)];
    if (wanted == 0) {
      file.read(position, buffer, 0, 0);
    }
    while (done < wanted) {
      int part = Math.min(buffer.length, wanted - done);
      int count = file.read(position + done, buffer, 0, part);
      task.cpu.memory.write(address + done, buffer, 0, count);
      done += count;
      if (count < part) {
        break;
      }
    }
    return done;
  }

  /** What a parked write has already written. */
  private record Progress(int done) {}

  private long write(Task task, OpenFile file, long address, long length) {
    if (length < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int wanted = Guest.span(task, address, length, AddressSpace.READ);
    int done = 0;
    if (task.wait != null && task.wait.note() instanceof Progress progress) {
      done = Math.min(progress.done, wanted);
    }
    byte[] buffer = new byte[Math.min(wanted - done, CHUNK)];
    if (wanted == 0) {
      file.write(buffer, 0, 0);
    }
    while (done < wanted) {
      int part = Math.min(buffer.length, wanted - done);
      if (!file.canWrite(part)) {
        if (file.isNonBlocking()) {
          if (done > 0) {
            return done;
          }
          throw new SysError(Errno.EAGAIN);
        }
        throw parkWriter(task, file, done, part);
      }
      task.cpu.memory.read(address + done, buffer, 0, part);
      int allowed = allowed(task, file, part, -1, done);
      int count = put(task, file, buffer, allowed, done);
      if (count < 0) {
        break;
      }
      done += count;
      if (allowed < part) {
        break;
      }
    }
    return done;
  }

  private static Wait.Parked parkWriter(Task task, OpenFile file, int done, int part) {
    Wait wait =
        new Wait(() -> file.canWrite(part), Wait.FOREVER, done == 0, () -> {}, new Progress(done));
    return task.park(wait);
  }

  /** Writes; -1 if that fails after some bytes were written, which the call then tells. */
  private int put(Task task, OpenFile file, byte[] buffer, int length, int done) {
    try {
      return file.write(buffer, 0, length);
    } catch (SysError e) {
      if (e.errno == Errno.EPIPE) {
        kernel.signals.send(
            task,
            SigInfo.from(Signals.SIGPIPE, Signals.SI_USER, task.process.id, task.process.uid));
      }
      if (done > 0 && e.errno != Errno.EPIPE) {
        return -1;
      }
      throw e;
    }
  }

  /**
   * How many bytes a file may take at a position; -1 is its own. SIGXFSZ and EFBIG if it is none at
   * first.
   */
  private int allowed(Task task, OpenFile file, int length, long position, int done) {
    if (!(file instanceof RegularFile regular)) {
      return length;
    }
    long at = position < 0 ? regular.writePosition() : position;
    long most = fileSizeLimit(task);
    if (at >= most && length > 0 && done == 0) {
      tooLarge(task);
    }
    return (int) Math.clamp(most - at, 0L, (long) length);
  }

  private long fileSizeLimit(Task task) {
    long[] own = task.process.limits.get(SystemCalls.RLIMIT_FSIZE);
    long soft = own == null || own[0] < 0 ? Long.MAX_VALUE : own[0];
    return Math.min(soft, kernel.limits.fileSize());
  }

  private void tooLarge(Task task) {
    kernel.signals.send(
        task, SigInfo.from(Signals.SIGXFSZ, Signals.SI_USER, task.process.id, task.process.uid));
    throw new SysError(Errno.EFBIG);
  }

  private long writeAt(Task task, OpenFile file, long address, long length, long position) {
    if (length < 0 || position < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int wanted = Guest.span(task, address, length, AddressSpace.READ);
    int done = 0;
    byte[] buffer = new byte[Math.min(wanted, CHUNK)];
    if (wanted == 0) {
      file.write(position, buffer, 0, 0);
    }
    while (done < wanted) {
      int part = Math.min(buffer.length, wanted - done);
      int allowed = allowed(task, file, part, position + done, done);
      task.cpu.memory.read(address + done, buffer, 0, allowed);
      int count = putAt(file, position + done, buffer, allowed, done);
      if (count < 0) {
        break;
      }
      done += count;
      if (count < part) {
        break;
      }
    }
    return done;
  }

  private static int putAt(OpenFile file, long at, byte[] buffer, int length, int done) {
    try {
      return file.write(at, buffer, 0, length);
    } catch (SysError e) {
      if (done > 0) {
        return -1;
      }
      throw e;
    }
  }

  /** The vectors as one: pieces in turn, until one is not filled. */
  private long vectors(Task task, long[] a, boolean read) {
    OpenFile file = read ? readable(task, a[0]) : writable(task, a[0]);
    checkVectors(a[2]);
    int done = 0;
    int before = 0;
    if (task.wait != null && task.wait.note() instanceof VectorProgress progress) {
      before = progress.done;
    }
    for (int i = 0; i < a[2]; i++) {
      long address = task.cpu.memory.load64(a[1] + 16L * i);
      long length = task.cpu.memory.load64(a[1] + 16L * i + 8);
      if (length < 0) {
        throw new SysError(Errno.EINVAL);
      }
      if (done + length <= before) {
        done += (int) length;
        continue;
      }
      long skipped = Math.max(0, before - done);
      if (done > 0 && done > before && read && !file.canRead()) {
        break;
      }
      long count = vector(task, file, address + skipped, length - skipped, done, read);
      if (count < 0) {
        break;
      }
      done += (int) (skipped + count);
      if (count < length - skipped) {
        break;
      }
    }
    return done;
  }

  /** How many bytes of all vectors a parked writev has written. */
  private record VectorProgress(int done) {}

  private long vector(Task task, OpenFile file, long address, long length, int done, boolean read) {
    if (length == 0) {
      return 0;
    }
    try {
      return read ? read(task, file, address, length) : write(task, file, address, length);
    } catch (SysError e) {
      if (done > 0 && e.errno != Errno.EPIPE) {
        return -1;
      }
      throw e;
    } catch (Wait.Parked parked) {
      if (read && done > 0) {
        task.parked = false;
        return -1;
      }
      Wait wait = task.wait;
      int within = wait.note() instanceof Progress progress ? progress.done : 0;
      task.wait =
          new Wait(
              wait.ready(),
              wait.deadline(),
              done + within == 0,
              wait.interrupted(),
              new VectorProgress(done + within));
      throw parked;
    }
  }

  private static void checkVectors(long count) {
    if (count < 0 || count > MOST_VECTORS) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private long vectorsAt(Task task, long[] a, boolean read) {
    OpenFile file = read ? readable(task, a[0]) : writable(task, a[0]);
    checkVectors(a[2]);
    long done = 0;
    for (int i = 0; i < a[2]; i++) {
      long address = task.cpu.memory.load64(a[1] + 16L * i);
      long length = task.cpu.memory.load64(a[1] + 16L * i + 8);
      long count =
          read
              ? readAt(task, file, address, length, a[3] + done)
              : writeAt(task, file, address, length, a[3] + done);
      done += count;
      if (count < length) {
        break;
      }
    }
    return done;
  }

  private long sendfile(Task task, long[] a) {
    OpenFile to = writable(task, a[0]);
    OpenFile from = readable(task, a[1]);
    if (!(from instanceof RegularFile)) {
      throw new SysError(Errno.EINVAL);
    }
    long count = Math.min(a[3], CHUNK);
    if (count < 0) {
      throw new SysError(Errno.EINVAL);
    }
    long position = a[2] == 0 ? from.seek(0, 1) : task.cpu.memory.load64(a[2]);
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
    int written = put(task, to, buffer, allowed(task, to, read, -1, 0), 0);
    if (a[2] == 0) {
      from.seek(position + written, 0);
    } else {
      task.cpu.memory.store64(a[2], position + written);
    }
    return written;
  }

  private long copyRange(Task task, long[] a) {
    OpenFile from = readable(task, a[0]);
    OpenFile to = writable(task, a[2]);
    if (!(from instanceof RegularFile) || !(to instanceof RegularFile target) || a[5] != 0) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] buffer = new byte[(int) Math.clamp(a[4], 0L, 1L << 20)];
    long position = a[1] == 0 ? from.seek(0, 1) : task.cpu.memory.load64(a[1]);
    long goal = a[3] == 0 ? target.writePosition() : task.cpu.memory.load64(a[3]);
    if (position < 0 || goal < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int read = from.read(position, buffer, 0, buffer.length);
    int written = read == 0 ? 0 : to.write(goal, buffer, 0, allowed(task, to, read, goal, 0));
    if (a[1] == 0) {
      from.seek(position + written, 0);
    } else {
      task.cpu.memory.store64(a[1], position + written);
    }
    if (a[3] == 0) {
      to.seek(goal + written, 0);
    } else {
      task.cpu.memory.store64(a[3], goal + written);
    }
    return written;
  }

  private long sync(Task task, long[] a) {
    Guest.file(task, a[0]).sync();
    return 0;
  }

  /** Sets a file's size. */
  long resize(Task task, OpenFile file, long size) {
    if (size < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (size > fileSizeLimit(task)) {
      tooLarge(task);
    }
    file.resize(size);
    return 0;
  }

  private long allocate(Task task, long[] a) {
    OpenFile file = writable(task, a[0]);
    if (a[1] != 0 && a[1] != 1) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    if (a[2] < 0 || a[3] <= 0 || a[2] + a[3] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (!(file instanceof RegularFile regular)) {
      throw new SysError(Errno.ESPIPE);
    }
    if (a[1] == 0 && regular.body().size() < a[2] + a[3]) {
      resize(task, file, a[2] + a[3]);
    }
    return 0;
  }
}
