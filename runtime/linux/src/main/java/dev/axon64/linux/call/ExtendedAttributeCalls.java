package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import java.io.ByteArrayOutputStream;

/**
 * Calls about extended attributes (xattr(7)). Those of users are stored; those of security modules
 * and of the superuser are not, since there is nobody who would heed them.
 */
final class ExtendedAttributeCalls implements CallGroup {
  private static final int XATTR_CREATE = 1;
  private static final int XATTR_REPLACE = 2;
  private static final int LONGEST_NAME = 255;
  private static final int MOST_BYTES = 65_536;
  private static final String OF_USERS = "user.";
  private static final String OF_SUPERUSER = "trusted.";
  private static final String OF_SYSTEM = "system.";
  private static final String OF_SECURITY = "security.";

  /** What a program is allowed, which no file system of guests keeps. */
  private static final String OF_PROGRAMS = "security.capability";

  private final Kernel kernel;

  ExtendedAttributeCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SETXATTR, (t, a) -> set(t, named(t, a[0], true), a));
    table.bind(SystemCall.LSETXATTR, (t, a) -> set(t, named(t, a[0], false), a));
    table.bind(SystemCall.FSETXATTR, (t, a) -> set(t, open(t, a[0]), a));
    table.bind(SystemCall.GETXATTR, (t, a) -> get(t, named(t, a[0], true), a));
    table.bind(SystemCall.LGETXATTR, (t, a) -> get(t, named(t, a[0], false), a));
    table.bind(SystemCall.FGETXATTR, (t, a) -> get(t, open(t, a[0]), a));
    table.bind(SystemCall.LISTXATTR, (t, a) -> list(t, named(t, a[0], true), a));
    table.bind(SystemCall.LLISTXATTR, (t, a) -> list(t, named(t, a[0], false), a));
    table.bind(SystemCall.FLISTXATTR, (t, a) -> list(t, open(t, a[0]), a));
    table.bind(SystemCall.REMOVEXATTR, (t, a) -> remove(t, named(t, a[0], true), a));
    table.bind(SystemCall.LREMOVEXATTR, (t, a) -> remove(t, named(t, a[0], false), a));
    table.bind(SystemCall.FREMOVEXATTR, (t, a) -> remove(t, open(t, a[0]), a));
  }

  private static Node named(Task task, long path, boolean follow) {
    return Guest.existing(task, Flags.AT_FDCWD, path, follow);
  }

  /** The node of a descriptor; null for a pipe and the like, which has none. */
  private static Node open(Task task, long descriptor) {
    return Guest.usable(task, descriptor).node();
  }

  private static String name(Task task, long address) {
    byte[] bytes = Guest.bytes(task, address, LONGEST_NAME + 1, Errno.ERANGE);
    if (bytes.length == 0) {
      throw new SysError(Errno.ERANGE);
    }
    return GuestText.of(bytes);
  }

  /** Fails if the name is of no kind that is stored, or the thread may not change the node so. */
  private static void checkWrite(Task task, Node node, String name) {
    if (name.startsWith(OF_SUPERUSER)) {
      throw new SysError(Errno.EPERM);
    }
    if (name.startsWith(OF_SECURITY) && !name.equals(OF_PROGRAMS)) {
      throw new SysError(Errno.EPERM);
    }
    if (!name.startsWith(OF_USERS) || name.equals(OF_USERS)) {
      checkUnknown(task, node, name, Permissions.WRITE);
      throw new SysError(name.equals(OF_USERS) ? Errno.EINVAL : Errno.EOPNOTSUPP);
    }
    if (!hasUserAttributes(node)) {
      throw new SysError(Errno.EPERM);
    }
    if (!node.isWritableTree()) {
      throw new SysError(Errno.EROFS);
    }
    Stat stat = node.stat();
    boolean sticky = stat.type() == Flags.S_IFDIR && (stat.mode() & Flags.S_ISVTX) != 0;
    if (sticky && !Permissions.own(task.identity, stat)) {
      throw new SysError(Errno.EPERM);
    }
    Permissions.check(task.identity, stat, Permissions.WRITE);
  }

  /** A kind that nobody knows is looked for only where the thread may. */
  private static void checkUnknown(Task task, Node node, String name, int permission) {
    boolean known = name.startsWith(OF_USERS) || name.startsWith(OF_PROGRAMS);
    if (node != null && !known && !name.startsWith(OF_SYSTEM)) {
      Permissions.check(task.identity, node.stat(), permission);
    }
  }

  private static boolean hasUserAttributes(Node node) {
    int type = node == null ? 0 : node.stat().type();
    return type == Flags.S_IFREG || type == Flags.S_IFDIR;
  }

  private long set(Task task, Node node, long[] a) {
    Guest.checkFlags(a[4], XATTR_CREATE | XATTR_REPLACE);
    String name = name(task, a[1]);
    if (Long.compareUnsigned(a[3], MOST_BYTES) > 0) {
      throw new SysError(Errno.E2BIG);
    }
    byte[] value = task.cpu.memory.read(a[2], (int) a[3]);
    checkWrite(task, node, name);
    boolean known = node.extended().get(name) != null;
    if (known && (a[4] & XATTR_CREATE) != 0) {
      throw new SysError(Errno.EEXIST);
    }
    if (!known && (a[4] & XATTR_REPLACE) != 0) {
      throw new SysError(Errno.ENODATA);
    }
    node.extended().set(name, value);
    kernel.notices.happened(Notices.ATTRIB, PathWalk.Place.of(node));
    return 0;
  }

  private long remove(Task task, Node node, long[] a) {
    String name = name(task, a[1]);
    checkWrite(task, node, name);
    if (node.extended().get(name) == null) {
      throw new SysError(Errno.ENODATA);
    }
    node.extended().remove(name);
    kernel.notices.happened(Notices.ATTRIB, PathWalk.Place.of(node));
    return 0;
  }

  private static long get(Task task, Node node, long[] a) {
    String name = name(task, a[1]);
    boolean ofUsers = name.startsWith(OF_USERS);
    boolean other = name.startsWith(OF_SUPERUSER) || name.startsWith(OF_SECURITY);
    if (name.equals(OF_USERS)) {
      throw new SysError(Errno.EINVAL);
    }
    if (!ofUsers && !other) {
      checkUnknown(task, node, name, Permissions.READ);
      throw new SysError(Errno.EOPNOTSUPP);
    }
    if (other || !hasUserAttributes(node)) {
      throw new SysError(Errno.ENODATA);
    }
    Permissions.check(task.identity, node.stat(), Permissions.READ);
    byte[] value = node.extended().get(name);
    if (value == null) {
      throw new SysError(Errno.ENODATA);
    }
    return put(task, value, a[2], a[3]);
  }

  private static long list(Task task, Node node, long[] a) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (hasUserAttributes(node)) {
      for (String name : node.extended().names()) {
        all.writeBytes(GuestText.bytes(name));
        all.write(0);
      }
    }
    return put(task, all.toByteArray(), a[1], a[2]);
  }

  /** Writes bytes if there is room for them; tells how many there are if no room is given. */
  private static long put(Task task, byte[] bytes, long address, long room) {
    if (room == 0) {
      return bytes.length;
    }
    if (Long.compareUnsigned(room, bytes.length) < 0) {
      throw new SysError(Errno.ERANGE);
    }
    task.cpu.memory.write(address, bytes);
    return bytes.length;
  }
}
