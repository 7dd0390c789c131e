package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.util.Arrays;

/** Calls about a process's working folder and root. */
final class FolderCalls implements CallGroup {
  private final Kernel kernel;

  FolderCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.CHDIR, this::chdir);
    table.bind(SystemCall.FCHDIR, this::fchdir);
    table.bind(SystemCall.CHROOT, this::chroot);
    table.bind(SystemCall.GETCWD, this::getcwd);
  }

  private static DirectoryNode directory(Task task, long path) {
    Node node = Guest.walk(task, Flags.AT_FDCWD, Guest.path(task, path), true).existing();
    if (node instanceof DirectoryNode directory) {
      Rights.check(task, directory, Permissions.EXECUTE);
      return directory;
    }
    throw new SysError(Errno.ENOTDIR);
  }

  private long chdir(Task task, long[] a) {
    task.process.view.current = directory(task, a[0]);
    return 0;
  }

  private long fchdir(Task task, long[] a) {
    if (!(Guest.file(task, a[0]) instanceof DirectoryFile file)) {
      throw new SysError(Errno.ENOTDIR);
    }
    Rights.check(task, file.directory(), Permissions.EXECUTE);
    task.process.view.current = file.directory();
    return 0;
  }

  /**
   * Changes where absolute paths start. As on Linux, {@code ..} of a folder that was open before
   * still leads as far as the guest's own root, and nowhere beyond that.
   */
  private long chroot(Task task, long[] a) {
    DirectoryNode wanted = directory(task, a[0]);
    Rights.require(task, Capabilities.SYS_CHROOT);
    task.process.view.root = wanted;
    return 0;
  }

  private long getcwd(Task task, long[] a) {
    FileView view = task.process.view;
    if (view.current.stat().links() == 0) {
      throw new SysError(Errno.ENOENT); // it has been removed
    }
    String current = view.current.path();
    String seen = view.reaches(current) ? view.seen(current) : "(unreachable)" + current;
    byte[] path = GuestText.bytes(seen);
    if (Long.compareUnsigned(a[1], path.length + 1L) < 0) {
      throw new SysError(Errno.ERANGE);
    }
    task.cpu.memory.write(a[0], Arrays.copyOf(path, path.length + 1));
    return path.length + 1L;
  }
}
