package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.fs.StorageMode;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** Calls about the size of files and how they are stored. */
final class StorageCalls implements CallGroup {
  private static final int SYNC_FLAGS = 7;
  private static final int LAST_ADVICE = 5;

  private final Kernel kernel;
  private final FileSizeLimit limit;

  StorageCalls(Kernel kernel) {
    this.kernel = kernel;
    this.limit = new FileSizeLimit(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.FSYNC, this::sync);
    table.bind(SystemCall.FDATASYNC, this::sync);
    table.bind(SystemCall.SYNC, Replies.SUCCESS);
    table.bind(SystemCall.SYNCFS, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.SYNC_FILE_RANGE, this::syncRange);
    table.bind(SystemCall.FADVISE64, this::advise);
    table.bind(SystemCall.READAHEAD, this::readAhead);
    table.bind(SystemCall.TRUNCATE, this::truncate);
    table.bind(SystemCall.FTRUNCATE, this::truncateOpen);
    table.bind(SystemCall.FALLOCATE, this::allocate);
  }

  private long sync(Task task, long[] a) {
    Guest.usable(task, a[0]).sync();
    return 0;
  }

  private long truncate(Task task, long[] a) {
    if (a[1] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    PathWalk.Place place = Guest.walk(task, Flags.AT_FDCWD, Guest.path(task, a[0]), true);
    Node node = place.existing();
    if (node instanceof DirectoryNode) {
      throw new SysError(Errno.EISDIR);
    }
    if (!(node instanceof FileNode file)) {
      throw new SysError(Errno.EINVAL);
    }
    if (file.isWritableTree()) {
      Rights.check(task, file, Permissions.WRITE);
      kernel.leases.ask(task, file, true, false);
    }
    RegularFile open = new RegularFile(Flags.O_RDWR, file, place.path(), file.open(true));
    open.retain();
    try {
      resize(task, open, a[1]);
      Rights.dropMarks(task, open);
      kernel.notices.happened(Notices.MODIFY, place);
      return 0;
    } finally {
      open.release();
    }
  }

  private long truncateOpen(Task task, long[] a) {
    if (a[1] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    OpenFile file = Guest.usable(task, a[0]);
    if (!file.isWritable() || file instanceof DirectoryFile) {
      throw new SysError(Errno.EINVAL);
    }
    resize(task, file, a[1]);
    Rights.dropMarks(task, file);
    return 0;
  }

  private void resize(Task task, OpenFile file, long size) {
    if (size < 0) {
      throw new SysError(Errno.EINVAL);
    }
    limit.check(task, size);
    file.resize(size);
  }

  private long allocate(Task task, long[] a) {
    OpenFile file = Guest.usable(task, a[0]);
    int mode = (int) a[1];
    if (a[2] < 0 || a[3] <= 0) {
      throw new SysError(Errno.EINVAL);
    }
    checkMode(mode);
    if (!file.isWritable()) {
      throw new SysError(Errno.EBADF);
    }
    if (!(file instanceof RegularFile regular)) {
      throw new SysError(isPipe(file) ? Errno.ESPIPE : Errno.ENODEV);
    }
    if (a[2] + a[3] < 0) {
      throw new SysError(Errno.EFBIG);
    }
    boolean grows = (mode & ~StorageMode.UNSHARE_RANGE) == 0 || mode == StorageMode.ZERO_RANGE;
    if (grows && regular.body().size() < a[2] + a[3]) {
      limit.check(task, a[2] + a[3]);
    }
    regular.body().allocate(mode, a[2], a[3]);
    Rights.dropMarks(task, file);
    return 0;
  }

  /** Fails with EOPNOTSUPP if bits contradict each other or are not known. */
  private static void checkMode(int mode) {
    int kind = mode & ~StorageMode.KEEP_SIZE;
    boolean keeps = (mode & StorageMode.KEEP_SIZE) != 0;
    boolean fits =
        switch (kind) {
          case 0, StorageMode.ZERO_RANGE, StorageMode.UNSHARE_RANGE -> true;
          case StorageMode.PUNCH_HOLE -> keeps;
          case StorageMode.COLLAPSE_RANGE, StorageMode.INSERT_RANGE -> !keeps;
          default -> false;
        };
    if (!fits) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
  }

  private static boolean isPipe(OpenFile file) {
    return file.stat().type() == Flags.S_IFIFO;
  }

  private long syncRange(Task task, long[] a) {
    OpenFile file = Guest.usable(task, a[0]);
    Guest.checkFlags(a[3], SYNC_FLAGS);
    if (a[1] < 0 || a[2] < 0 || a[1] + a[2] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (isPipe(file)) {
      throw new SysError(Errno.ESPIPE);
    }
    return 0;
  }

  private long advise(Task task, long[] a) {
    OpenFile file = Guest.usable(task, a[0]);
    if (isPipe(file)) {
      throw new SysError(Errno.ESPIPE);
    }
    if (a[2] < 0 || a[3] < 0 || a[3] > LAST_ADVICE) {
      throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private long readAhead(Task task, long[] a) {
    OpenFile file = Transfers.readable(task, a[0]);
    if (!(file instanceof RegularFile)) {
      throw new SysError(Errno.EINVAL);
    }
    return 0;
  }
}
