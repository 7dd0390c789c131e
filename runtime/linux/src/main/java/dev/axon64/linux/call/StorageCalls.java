package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** Calls about the size of files and how they are stored. */
final class StorageCalls implements CallGroup {
  private static final int FALLOC_FL_KEEP_SIZE = 1;

  private final FileSizeLimit limit;

  StorageCalls(Kernel kernel) {
    this.limit = new FileSizeLimit(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.FSYNC, this::sync);
    table.bind(SystemCall.FDATASYNC, this::sync);
    table.bind(SystemCall.SYNC, Replies.SUCCESS);
    table.bind(SystemCall.SYNCFS, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.SYNC_FILE_RANGE, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.FADVISE64, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.READAHEAD, Replies.SUCCESS_IF_OPEN);
    table.bind(SystemCall.TRUNCATE, this::truncate);
    table.bind(SystemCall.FTRUNCATE, this::truncateOpen);
    table.bind(SystemCall.FALLOCATE, this::allocate);
  }

  private long sync(Task task, long[] a) {
    Guest.file(task, a[0]).sync();
    return 0;
  }

  private long truncate(Task task, long[] a) {
    PathWalk.Place place = Guest.walk(task, Flags.AT_FDCWD, Guest.path(task, a[0]), true);
    Node node = place.existing();
    if (node instanceof DirectoryNode) {
      throw new SysError(Errno.EISDIR);
    }
    if (!(node instanceof FileNode file)) {
      throw new SysError(Errno.EINVAL);
    }
    RegularFile open = new RegularFile(Flags.O_RDWR, file, place.path(), file.open(true));
    open.retain();
    try {
      resize(task, open, a[1]);
      return 0;
    } finally {
      open.release();
    }
  }

  private long truncateOpen(Task task, long[] a) {
    OpenFile file = Guest.file(task, a[0]);
    if (!file.isWritable() || file instanceof DirectoryFile) {
      throw new SysError(Errno.EINVAL);
    }
    resize(task, file, a[1]);
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
    OpenFile file = Transfers.writable(task, a[0]);
    if (a[1] != 0 && a[1] != FALLOC_FL_KEEP_SIZE) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    if (a[2] < 0 || a[3] <= 0 || a[2] + a[3] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (!(file instanceof RegularFile regular)) {
      throw new SysError(Errno.ESPIPE);
    }
    if (a[1] != FALLOC_FL_KEEP_SIZE && regular.body().size() < a[2] + a[3]) {
      resize(task, file, a[2] + a[3]);
    }
    return 0;
  }
}
