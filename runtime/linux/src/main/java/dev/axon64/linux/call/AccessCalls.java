package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.Task;

/** The calls that ask what the caller may do with a file (access(2)). */
final class AccessCalls implements CallGroup {
  private static final int ALL_OK = 7;

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.FACCESSAT, (t, a) -> access(t, a, 0));
    table.bind(SystemCall.FACCESSAT2, (t, a) -> access(t, a, a[3]));
  }

  private static long access(Task task, long[] a, long flags) {
    if ((a[2] & ~ALL_OK & 0xffffffffL) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.checkFlags(flags, Flags.AT_EACCESS | Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_EMPTY_PATH);
    boolean effective = (flags & Flags.AT_EACCESS) != 0;
    Identity who = effective ? task.identity : task.identity.real();
    String path = Guest.path(task, a[1]);
    int wanted = (int) a[2];
    Node node;
    if (path.isEmpty() && (flags & Flags.AT_EMPTY_PATH) != 0) {
      if ((int) a[0] == Flags.AT_FDCWD) {
        node = task.process.view.current;
      } else {
        OpenFile file = Guest.file(task, a[0]);
        Permissions.check(who, file.stat(), wanted);
        return 0;
      }
    } else {
      PathWalk.Rules rules = new PathWalk.Rules(who, Guest.follows(flags));
      node = Guest.walk(task, a[0], path, rules).existing();
    }
    Permissions.check(who, node.stat(), wanted);
    boolean changes = node instanceof FileNode || node instanceof DirectoryNode;
    if ((wanted & Permissions.WRITE) != 0 && changes && !node.isWritableTree()) {
      throw new SysError(Errno.EROFS);
    }
    return 0;
  }
}
