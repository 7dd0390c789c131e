package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FifoNode;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.Pipe;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.fs.SocketNode;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;

/** Calls that open files by their paths. */
final class OpenCalls implements CallGroup {
  private final Kernel kernel;

  OpenCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.OPENAT, (t, a) -> open(t, a[0], a[1], OpenHow.of(a[2], a[3])));
    table.bind(SystemCall.OPENAT2, (t, a) -> open(t, a[0], a[1], OpenHow.read(t, a[2], a[3])));
  }

  private long open(Task task, long folder, long address, OpenHow how) {
    how.check();
    int flags = how.flags();
    String path = Guest.path(task, address);
    task.process.files.checkRoom(1);
    if (task.wait != null && task.wait.note() instanceof OpenFile fifo) {
      try {
        return added(task, fifo, flags);
      } finally {
        fifo.release(); // the descriptor holds it now
      }
    }
    if ((flags & Flags.O_TMPFILE) == Flags.O_TMPFILE) {
      return added(task, nameless(task, folder, path, how), flags);
    }
    boolean create = (flags & Flags.O_CREAT) != 0;
    boolean fresh = create && (flags & Flags.O_EXCL) != 0;
    boolean follow = (flags & Flags.O_NOFOLLOW) == 0 && !fresh;
    if (create && path.endsWith("/")) {
      String file = path.replaceFirst("/+$", "");
      Guest.walk(task, folder, file.isEmpty() ? "/" : file, false);
      throw new SysError(Errno.EISDIR);
    }
    PathWalk.Place place =
        Guest.walk(task, folder, path, new PathWalk.Rules(task.identity, follow, how.resolve()));
    if (place.node() == null && create) {
      return added(task, created(task, place, how), flags);
    }
    if (place.node() != null && fresh) {
      throw new SysError(Errno.EEXIST);
    }
    OpenFile file = opened(task, place, flags);
    long descriptor = added(task, file, flags);
    if ((flags & Flags.O_TRUNC) != 0) {
      file.tell(Notices.MODIFY);
    }
    return descriptor;
  }

  /** A file without a name, in the file system of a folder. */
  private static OpenFile nameless(Task task, long folder, String path, OpenHow how) {
    int flags = how.flags();
    boolean follow = (flags & Flags.O_NOFOLLOW) == 0;
    PathWalk.Rules rules = new PathWalk.Rules(task.identity, follow, how.resolve());
    if (!(Guest.walk(task, folder, path, rules).existing() instanceof DirectoryNode in)) {
      throw new SysError(Errno.ENOTDIR);
    }
    Rights.checkAddition(task, in);
    int masked = task.process.view.masked(how.mode());
    DirectoryNode.Nameless file = in.createNameless(masked, (flags & Flags.O_EXCL) == 0);
    Rights.own(task, in, file.node(), masked);
    String shown = in.path("#" + file.node().stat().inode()) + " (deleted)";
    return new RegularFile(status(flags), file.node(), shown, file.body());
  }

  private OpenFile created(Task task, PathWalk.Place place, OpenHow how) {
    if (place.mustBeDirectory()) {
      throw new SysError(Errno.EISDIR);
    }
    int flags = how.flags();
    int mode = task.process.view.masked(how.mode());
    Rights.checkAddition(task, place.parent());
    FileNode file = place.parent().createFile(place.name(), mode);
    Rights.own(task, place, file, mode);
    kernel.notices.created(place.parent(), place.name());
    boolean write = (flags & Flags.O_ACCMODE) != Flags.O_RDONLY;
    String path = place.parent().path(place.name());
    return new RegularFile(status(flags), file, path, file.open(write)).named(place);
  }

  /** The flags that stay with an open file. */
  private static int status(int flags) {
    return flags
        & (Flags.O_ACCMODE
            | Flags.O_APPEND
            | Flags.O_NONBLOCK
            | Flags.O_PATH
            | Flags.O_DIRECTORY
            | Flags.O_NOFOLLOW
            | Flags.O_DIRECT
            | Flags.O_NOATIME
            | Flags.O_SYNC
            | Flags.O_LARGEFILE);
  }

  private long added(Task task, OpenFile file, int flags) {
    file.telling(kernel.notices);
    return task.process.files.add(file, (flags & Flags.O_CLOEXEC) != 0, 0);
  }

  private OpenFile opened(Task task, PathWalk.Place place, int flags) {
    Node node = place.existing();
    int status = status(flags);
    boolean write = (flags & Flags.O_ACCMODE) != Flags.O_RDONLY;
    if ((flags & Flags.O_DIRECTORY) != 0 && !(node instanceof DirectoryNode)) {
      throw new SysError(Errno.ENOTDIR);
    }
    if ((flags & Flags.O_PATH) != 0) {
      return node instanceof DirectoryNode directory
          ? new DirectoryFile(status, directory)
          : new PathOnly(status, node, place.path()).named(place);
    }
    boolean truncate = (flags & Flags.O_TRUNC) != 0;
    if (node instanceof DirectoryNode && (write || truncate || (flags & Flags.O_CREAT) != 0)) {
      throw new SysError(Errno.EISDIR);
    }
    checkAccess(task, node, flags);
    if (node instanceof FileNode) {
      kernel.leases.ask(task, node, write || truncate, (flags & Flags.O_NONBLOCK) != 0);
    }
    return switch (node) {
      case DirectoryNode directory -> {
        yield new DirectoryFile(status, directory);
      }
      case FileNode file -> openFile(file, place, flags, write);
      case LinkNode link -> {
        if (link.jump() instanceof FileNode file) {
          yield openFile(file, place, flags, write);
        }
        throw new SysError(Errno.ELOOP);
      }
      case DeviceNode device -> device.open(status | flags & Flags.O_NOCTTY);
      case FifoNode fifo -> openFifo(task, fifo, place.path(), status);
      case SocketNode socket -> throw new SysError(Errno.ENXIO);
    };
  }

  /** Fails if the thread may not open a node in this way; a sealed file system says so itself. */
  private static void checkAccess(Task task, Node node, int flags) {
    int wanted =
        switch (flags & Flags.O_ACCMODE) {
          case Flags.O_RDONLY -> Permissions.READ;
          case Flags.O_WRONLY -> Permissions.WRITE;
          default -> Permissions.READ | Permissions.WRITE;
        };
    wanted |= (flags & Flags.O_TRUNC) != 0 ? Permissions.WRITE : 0;
    boolean sealed = node instanceof FileNode && !node.isWritableTree();
    Node target = node instanceof LinkNode link && link.jump() != null ? link.jump() : node;
    boolean again = target instanceof DeviceNode device && device.isOpenAgain();
    if (again || target instanceof LinkNode) {
      return; // a link is refused in any case
    }
    Rights.check(task, target, sealed ? wanted & ~Permissions.WRITE : wanted);
    if ((flags & Flags.O_NOATIME) != 0) {
      Rights.checkOwner(task, target);
    }
  }

  private static OpenFile openFile(FileNode file, PathWalk.Place at, int flags, boolean write) {
    boolean truncate = (flags & Flags.O_TRUNC) != 0;
    FileBody body = file.open(write || truncate);
    RegularFile open = new RegularFile(status(flags), file, at.path(), body);
    open.named(at);
    if (truncate) {
      open.resize(0);
    }
    return open;
  }

  private OpenFile openFifo(Task task, FifoNode node, String path, int status) {
    Pipe pipe = node.pipe();
    boolean read = (status & Flags.O_ACCMODE) == Flags.O_RDONLY;
    boolean write = (status & Flags.O_ACCMODE) == Flags.O_WRONLY;
    boolean wait = (status & Flags.O_NONBLOCK) == 0;
    if (write && !wait && pipe.readers() == 0) {
      throw new SysError(Errno.ENXIO);
    }
    OpenFile end = pipe.open(status, node, path);
    boolean alone = read && pipe.writers() == 0 || write && pipe.readers() == 0;
    if (!alone || !wait) {
      return end;
    }
    end.retain();
    long before = read ? pipe.writersEver() : pipe.readersEver();
    throw task.park(
        new Wait(
            () -> (read ? pipe.writersEver() : pipe.readersEver()) != before,
            Wait.FOREVER,
            true,
            end::release,
            end));
  }

  /** What O_PATH opens: it can be asked about but neither read nor written. */
  private static final class PathOnly extends OpenFile {
    PathOnly(int flags, Node node, String path) {
      super(flags, node, path);
    }
  }
}
