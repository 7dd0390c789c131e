package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FifoNode;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.LinkNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.Pipe;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.nio.ByteBuffer;

/** Calls that make, copy and steer descriptors. */
final class DescriptorCalls implements CallGroup {
  private static final int F_DUPFD = 0;
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_GETLK = 5;
  private static final int F_SETLK = 6;
  private static final int F_SETLKW = 7;
  private static final int F_SETOWN = 8;
  private static final int F_GETOWN = 9;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_GETPIPE_SZ = 1032;
  private static final int F_UNLCK = 2;

  private static final int TCGETS = 0x5401;
  private static final int TCSETSF = 0x5404;
  private static final int TIOCGPGRP = 0x540f;
  private static final int TIOCSPGRP = 0x5410;
  private static final int TIOCGWINSZ = 0x5413;
  private static final int FIONREAD = 0x541b;
  private static final int FIONBIO = 0x5421;
  private static final int FIONCLEX = 0x5450;
  private static final int FIOCLEX = 0x5451;
  private static final int TERMIOS_SIZE = 36;

  private final Kernel kernel;

  DescriptorCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.OPENAT, (t, a) -> open(t, a[0], a[1], (int) a[2], (int) a[3]));
    table.bind(SystemCall.CLOSE, this::close);
    table.bind(SystemCall.CLOSE_RANGE, this::closeRange);
    table.bind(SystemCall.DUP, (t, a) -> t.process.files.add(Guest.file(t, a[0]), false, 0));
    table.bind(SystemCall.DUP3, this::dup3);
    table.bind(SystemCall.PIPE2, this::pipe2);
    table.bind(SystemCall.FCNTL, this::fcntl);
    table.bind(SystemCall.IOCTL, this::ioctl);
    table.bind(SystemCall.FLOCK, Replies.SUCCESS_IF_OPEN);
  }

  private long open(Task task, long folder, long address, int flags, int mode) {
    String path = Guest.path(task, address);
    task.process.files.checkRoom(1);
    if (task.wait != null && task.wait.note() instanceof OpenFile fifo) {
      try {
        return added(task, fifo, flags);
      } finally {
        fifo.release(); // the descriptor holds it now
      }
    }
    boolean create = (flags & Flags.O_CREAT) != 0;
    boolean follow = (flags & Flags.O_NOFOLLOW) == 0 && !(create && (flags & Flags.O_EXCL) != 0);
    if ((flags & Flags.O_TMPFILE) == Flags.O_TMPFILE) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    PathWalk.Place place = Guest.walk(task, folder, path, follow);
    if (place.node() == null && create) {
      place = created(task, place, flags, mode);
      if (place.node() instanceof FileNode file) {
        boolean write = (flags & Flags.O_ACCMODE) != Flags.O_RDONLY;
        return added(
            task, new RegularFile(status(flags), file, place.path(), file.open(write)), flags);
      }
    } else if (place.node() != null && create && (flags & Flags.O_EXCL) != 0) {
      throw new SysError(Errno.EEXIST);
    }
    return added(task, opened(task, place, flags), flags);
  }

  private static PathWalk.Place created(Task task, PathWalk.Place place, int flags, int mode) {
    if (place.mustBeDirectory()) {
      throw new SysError(Errno.EISDIR);
    }
    if ((flags & Flags.O_DIRECTORY) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    int bits = mode & 07777 & ~task.process.view.umask;
    Node node = place.parent().createFile(place.name(), bits);
    return new PathWalk.Place(place.parent(), place.name(), node, false, null);
  }

  private static int status(int flags) {
    return flags
        & (Flags.O_ACCMODE
            | Flags.O_APPEND
            | Flags.O_NONBLOCK
            | Flags.O_PATH
            | Flags.O_DIRECTORY
            | Flags.O_NOFOLLOW
            | Flags.O_LARGEFILE);
  }

  private static long added(Task task, OpenFile file, int flags) {
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
          : new PathOnly(status, node, place.path());
    }
    return switch (node) {
      case DirectoryNode directory -> {
        if (write || (flags & (Flags.O_CREAT | Flags.O_TRUNC)) != 0) {
          throw new SysError(Errno.EISDIR);
        }
        yield new DirectoryFile(status, directory);
      }
      case FileNode file -> openFile(file, place.path(), flags, write);
      case LinkNode link -> {
        if (link.jump() instanceof FileNode file) {
          yield openFile(file, place.path(), flags, write);
        }
        throw new SysError(Errno.ELOOP);
      }
      case DeviceNode device -> device.open(status);
      case FifoNode fifo -> openFifo(task, fifo, place.path(), status);
    };
  }

  private static OpenFile openFile(FileNode file, String path, int flags, boolean write) {
    boolean truncate = (flags & Flags.O_TRUNC) != 0;
    RegularFile open = new RegularFile(status(flags), file, path, file.open(write || truncate));
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

  /** What O_PATH gives: something that can be asked about but not read. */
  private static final class PathOnly extends OpenFile {
    PathOnly(int flags, Node node, String path) {
      super(flags, node, path);
    }
  }

  private long close(Task task, long[] a) {
    task.process.files.close((int) a[0]);
    return 0;
  }

  private long closeRange(Task task, long[] a) {
    long first = a[0] & 0xffffffffL;
    long last = a[1] & 0xffffffffL;
    if (first > last || (a[2] & ~4) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    FileTable files = task.process.files;
    for (int descriptor : files.descriptors()) {
      if (descriptor >= first && descriptor <= last) {
        if ((a[2] & 4) != 0) {
          files.setCloseOnExec(descriptor, true);
        } else {
          files.close(descriptor);
        }
      }
    }
    return 0;
  }

  private long dup3(Task task, long[] a) {
    OpenFile file = Guest.file(task, a[0]);
    int to = (int) a[1];
    if ((int) a[0] == to || (a[2] & ~Flags.O_CLOEXEC) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (to < 0 || to >= task.process.files.most()) {
      throw new SysError(Errno.EBADF);
    }
    task.process.files.set(to, file, (a[2] & Flags.O_CLOEXEC) != 0);
    return to;
  }

  private long pipe2(Task task, long[] a) {
    if ((a[1] & ~(Flags.O_CLOEXEC | Flags.O_NONBLOCK | 0x4000)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    task.cpu.memory.checkWrite(a[0], 8);
    FileTable files = task.process.files;
    files.checkRoom(2);
    boolean cloexec = (a[1] & Flags.O_CLOEXEC) != 0;
    int flags = (int) a[1] & Flags.O_NONBLOCK;
    Pipe pipe = kernel.newPipe();
    int read = files.add(pipe.open(flags | Flags.O_RDONLY, null, null), cloexec, 0);
    int write = files.add(pipe.open(flags | Flags.O_WRONLY, null, null), cloexec, 0);
    task.cpu.memory.store32(a[0], read);
    task.cpu.memory.store32(a[0] + 4, write);
    return 0;
  }

  private long fcntl(Task task, long[] a) {
    FileTable files = task.process.files;
    OpenFile file = Guest.file(task, a[0]);
    int descriptor = (int) a[0];
    switch ((int) a[1]) {
      case F_DUPFD, F_DUPFD_CLOEXEC -> {
        if ((int) a[2] < 0 || (int) a[2] >= files.most()) {
          throw new SysError(Errno.EINVAL);
        }
        return files.add(file, (int) a[1] == F_DUPFD_CLOEXEC, (int) a[2]);
      }
      case F_GETFD -> {
        return files.isCloseOnExec(descriptor) ? 1 : 0;
      }
      case F_SETFD -> files.setCloseOnExec(descriptor, (a[2] & 1) != 0);
      case F_GETFL -> {
        return file.flags() | Flags.O_LARGEFILE;
      }
      case F_SETFL -> file.setFlags((int) a[2]);
      case F_GETLK -> task.cpu.memory.store16(a[2], F_UNLCK);
      case F_SETLK, F_SETLKW -> task.cpu.memory.load16(a[2]);
      case F_SETOWN, F_GETOWN -> {
        return 0;
      }
      case F_GETPIPE_SZ -> {
        if (file.available() < 0) {
          throw new SysError(Errno.EBADF);
        }
        return 1 << 16;
      }
      default -> throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private long ioctl(Task task, long[] a) {
    OpenFile file = Guest.file(task, a[0]);
    int request = (int) a[1];
    switch (request) {
      case FIOCLEX, FIONCLEX -> task.process.files.setCloseOnExec((int) a[0], request == FIOCLEX);
      case FIONBIO -> {
        int nonBlocking = task.cpu.memory.load32(a[2]) != 0 ? Flags.O_NONBLOCK : 0;
        file.setFlags(file.flags() & ~Flags.O_NONBLOCK | nonBlocking);
      }
      case FIONREAD -> {
        if (file.available() < 0) {
          throw new SysError(Errno.ENOTTY);
        }
        task.cpu.memory.store32(a[2], Math.min(file.available(), Integer.MAX_VALUE));
      }
      default -> terminal(task, file, request, a[2]);
    }
    return 0;
  }

  private static void terminal(Task task, OpenFile file, int request, long address) {
    if (!file.isTerminal()) {
      throw new SysError(Errno.ENOTTY);
    }
    switch (request) {
      case TCGETS -> Guest.write(task, address, termios());
      case TIOCGWINSZ -> {
        ByteBuffer size = Guest.struct(8);
        size.putShort(0, (short) 24).putShort(2, (short) 80);
        Guest.write(task, address, size);
      }
      case TIOCGPGRP -> task.cpu.memory.store32(address, task.process.group);
      case TIOCSPGRP -> task.cpu.memory.load32(address);
      default -> {
        if (request <= TCGETS || request > TCSETSF) {
          throw new SysError(Errno.ENOTTY);
        }
        Guest.struct(task, address, TERMIOS_SIZE); // accepted; the host's terminal stays as it is
      }
    }
  }

  /** A terminal in its usual mode, 38400 baud. */
  private static ByteBuffer termios() {
    ByteBuffer b = Guest.struct(TERMIOS_SIZE);
    b.putInt(0, 0x500).putInt(4, 5).putInt(8, 0xbf).putInt(12, 0x8a3b);
    byte[] control = {3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0xf, 0x17, 0x16};
    b.put(17, control);
    return b;
  }
}
