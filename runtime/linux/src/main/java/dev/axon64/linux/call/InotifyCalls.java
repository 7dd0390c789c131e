package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.event.InotifyFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** Calls that watch files and folders (inotify(7)). */
final class InotifyCalls implements CallGroup {
  private static final int OTHER_BITS =
      InotifyFile.ONLY_FOLDER
          | InotifyFile.DONT_FOLLOW
          | InotifyFile.EXCLUDE_UNLINKED
          | InotifyFile.MASK_CREATE
          | InotifyFile.MASK_ADD
          | InotifyFile.ONE_SHOT;

  private final Kernel kernel;

  InotifyCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.INOTIFY_INIT1, this::create);
    table.bind(SystemCall.INOTIFY_ADD_WATCH, this::add);
    table.bind(SystemCall.INOTIFY_RM_WATCH, this::remove);
  }

  private long create(Task task, long[] a) {
    if (((int) a[0] & ~(Flags.O_NONBLOCK | Flags.O_CLOEXEC)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    InotifyFile file = new InotifyFile(kernel.notices, (int) a[0]);
    return task.process.files.add(file, (a[0] & Flags.O_CLOEXEC) != 0, 0);
  }

  private static InotifyFile instance(Task task, long descriptor) {
    if (Guest.file(task, descriptor) instanceof InotifyFile file) {
      return file;
    }
    throw new SysError(Errno.EINVAL);
  }

  private long add(Task task, long[] a) {
    int mask = (int) a[2];
    if ((mask & (InotifyFile.EVENTS | OTHER_BITS)) == 0) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.file(task, a[0]);
    int both = InotifyFile.MASK_ADD | InotifyFile.MASK_CREATE;
    if ((mask & both) == both) {
      throw new SysError(Errno.EINVAL);
    }
    InotifyFile file = instance(task, a[0]);
    boolean follow = (mask & InotifyFile.DONT_FOLLOW) == 0;
    Node node = Guest.existing(task, Flags.AT_FDCWD, a[1], follow);
    if ((mask & InotifyFile.ONLY_FOLDER) != 0 && !(node instanceof DirectoryNode)) {
      throw new SysError(Errno.ENOTDIR);
    }
    Rights.check(task, node, Permissions.READ);
    return file.watch(Notices.Id.of(node), mask);
  }

  private long remove(Task task, long[] a) {
    instance(task, a[0]).end((int) a[1]);
    return 0;
  }
}
