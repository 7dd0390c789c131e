package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.ResourceLimits;
import dev.axon64.linux.process.Task;

/** The limit on the size of files that the guest writes. */
final class FileSizeLimit {
  private final Kernel kernel;

  FileSizeLimit(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * How many bytes a thread may write to a file.
   *
   * @param length what it wants to write
   * @param position where it wants to write
   * @param done what the call has written already; only one that has written nothing fails, with
   *     SIGXFSZ and EFBIG
   */
  int allowed(Task task, OpenFile file, int length, long position, int done) {
    if (!(file instanceof RegularFile regular && regular.isStored())) {
      return length;
    }
    checkLargest(position + 1);
    long most = most(task);
    if (position >= most && length > 0 && done == 0) {
      throw tooLarge(task);
    }
    return (int) Math.clamp(most - position, 0L, (long) length);
  }

  /** The same for a file's own position. */
  int allowed(Task task, OpenFile file, int length, int done) {
    long position = file instanceof RegularFile regular ? regular.writePosition() : 0;
    return allowed(task, file, length, position, done);
  }

  /** Fails with EFBIG if no file can have this size. */
  private static void checkLargest(long size) {
    if (size > RegularFile.LARGEST) {
      throw new SysError(Errno.EFBIG);
    }
  }

  /** Fails with EFBIG if no file can have this size, and with SIGXFSZ if this one may not. */
  void check(Task task, long size) {
    checkLargest(size);
    if (size > most(task)) {
      throw tooLarge(task);
    }
  }

  private long most(Task task) {
    long[] own = task.process.limits.get(ResourceLimits.FILE_SIZE);
    long soft = own == null || own[0] < 0 ? Long.MAX_VALUE : own[0];
    return Math.min(soft, kernel.limits.fileSize());
  }

  private SysError tooLarge(Task task) {
    kernel.signals.raise(task, Signals.SIGXFSZ);
    return new SysError(Errno.EFBIG);
  }
}
