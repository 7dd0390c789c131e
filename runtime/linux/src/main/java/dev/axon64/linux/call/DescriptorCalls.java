package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.MemoryFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Pipe;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Leases;
import dev.axon64.linux.process.Task;
import java.util.List;

/** Calls that copy, close and configure descriptors, and that make pipes. */
final class DescriptorCalls implements CallGroup {
  private static final int F_DUPFD = 0;
  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETLEASE = 1024;
  private static final int F_GETLEASE = 1025;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;
  private static final int F_ADD_SEALS = 1033;
  private static final int F_GET_SEALS = 1034;
  private static final int FD_CLOEXEC = 1;
  private static final int CLOSE_RANGE_UNSHARE = 2;
  private static final int CLOSE_RANGE_CLOEXEC = 4;

  private final Kernel kernel;
  private final LockCalls locks;
  private final OwnerControls owners;

  DescriptorCalls(Kernel kernel, LockCalls locks) {
    this.locks = locks;
    this.owners = new OwnerControls(kernel);
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.CLOSE, this::close);
    table.bind(SystemCall.CLOSE_RANGE, this::closeRange);
    table.bind(SystemCall.DUP, (t, a) -> t.process.files.add(Guest.file(t, a[0]), false, 0));
    table.bind(SystemCall.DUP3, this::dup3);
    table.bind(SystemCall.PIPE2, this::pipe2);
    table.bind(SystemCall.FCNTL, this::fcntl);
  }

  private long close(Task task, long[] a) {
    task.process.files.close((int) a[0]);
    return 0;
  }

  private long closeRange(Task task, long[] a) {
    long first = a[0] & 0xffffffffL;
    long last = a[1] & 0xffffffffL;
    if (first > last || (a[2] & ~(CLOSE_RANGE_CLOEXEC | CLOSE_RANGE_UNSHARE)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    FileTable files = task.process.files;
    if ((a[2] & CLOSE_RANGE_UNSHARE) != 0 && files.users > 1) {
      task.process.files = files.fork();
      files.release();
      files = task.process.files;
    }
    for (int descriptor : files.descriptors()) {
      if (descriptor >= first && descriptor <= last) {
        if ((a[2] & CLOSE_RANGE_CLOEXEC) != 0) {
          files.setCloseOnExec(descriptor, true);
        } else {
          files.close(descriptor);
        }
      }
    }
    return 0;
  }

  private long dup3(Task task, long[] a) {
    int to = (int) a[1];
    if ((int) a[0] == to || (a[2] & ~Flags.O_CLOEXEC) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (to < 0 || to >= task.process.files.most()) {
      throw new SysError(Errno.EBADF);
    }
    OpenFile file = Guest.file(task, a[0]);
    task.process.files.set(to, file, (a[2] & Flags.O_CLOEXEC) != 0);
    return to;
  }

  private long pipe2(Task task, long[] a) {
    if ((a[1] & ~(Flags.O_CLOEXEC | Flags.O_NONBLOCK | Flags.O_DIRECT)) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.checkWritable(task, a[0], 2 * Integer.BYTES);
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
    if ((file.flags() & Flags.O_PATH) != 0 && !isAllowedOnPath((int) a[1])) {
      throw new SysError(Errno.EBADF);
    }
    if (LockCalls.isCommand((int) a[1])) {
      return locks.range(task, file, (int) a[1], a[2]);
    }
    if (OwnerControls.isCommand((int) a[1])) {
      return owners.control(task, file, descriptor, (int) a[1], a[2]);
    }
    switch ((int) a[1]) {
      case F_DUPFD -> {
        return duplicate(files, file, (int) a[2], false);
      }
      case F_DUPFD_CLOEXEC -> {
        return duplicate(files, file, (int) a[2], true);
      }
      case F_GETFD -> {
        return files.isCloseOnExec(descriptor) ? FD_CLOEXEC : 0;
      }
      case F_SETFD -> files.setCloseOnExec(descriptor, (a[2] & FD_CLOEXEC) != 0);
      case F_GETFL -> {
        return file.flags() | Flags.O_LARGEFILE;
      }
      case F_SETFL -> {
        boolean alerts = (a[2] & Flags.O_ASYNC) != 0 && OwnerControls.canAlert(file);
        file.setFlags(alerts ? (int) a[2] : (int) a[2] & ~Flags.O_ASYNC);
        owners.alert(file, descriptor, alerts);
      }
      case F_GETLEASE -> {
        return kernel.leases.get(file);
      }
      case F_SETLEASE -> lease(task, file, descriptor, (int) a[2]);
      case F_GET_SEALS -> {
        return sealed(file).seals().bits();
      }
      case F_ADD_SEALS -> addSeals(file, (int) a[2]);
      case F_GETPIPE_SZ -> {
        if (file.stat().type() != Flags.S_IFIFO) {
          throw new SysError(Errno.EBADF);
        }
        return Pipe.isEnd(file) ? Pipe.capacity(file) : Pipe.CAPACITY;
      }
      case F_SETPIPE_SZ -> {
        if (!Pipe.isEnd(file)) {
          throw new SysError(Errno.EBADF);
        }
        Pipe.resize(file, a[2] & 0xffffffffL, task.identity.can(Capabilities.SYS_RESOURCE));
        return Pipe.capacity(file);
      }
      default -> throw new SysError(Errno.EINVAL);
    }
    return 0;
  }

  private void lease(Task task, OpenFile file, int descriptor, int kind) {
    if (kind < Leases.READ || kind > Leases.NONE) {
      throw new SysError(Errno.EINVAL);
    }
    if (kind == Leases.NONE) {
      kernel.leases.remove(file);
      return;
    }
    Stat stat = file.stat();
    int user = task.identity.user().file();
    if (user != stat.uid() && !task.identity.can(Capabilities.LEASE)) {
      throw new SysError(Errno.EACCES);
    }
    if (stat.type() != Flags.S_IFREG || file.node() == null) {
      throw new SysError(Errno.EINVAL);
    }
    List<OpenFile> open = kernel.openFiles().distinct().toList();
    kernel.leases.set(file, kind, open, descriptor, task.process.id);
  }

  /** The file in memory that is open; only those can be sealed. */
  private static MemoryFile sealed(OpenFile file) {
    if (file.node() instanceof MemoryFile memory) {
      return memory;
    }
    throw new SysError(Errno.EINVAL);
  }

  private void addSeals(OpenFile file, int seals) {
    MemoryFile memory = sealed(file);
    if (!file.isWritable()) {
      throw new SysError(Errno.EPERM);
    }
    boolean executable = (memory.stat().mode() & 0111) != 0;
    memory.seals().add(seals, executable, isMappedForWriting(memory));
  }

  private boolean isMappedForWriting(MemoryFile file) {
    return kernel.processes.values().stream()
        .filter(process -> !process.isZombie())
        .flatMap(process -> process.memory.mappedFiles.values().stream())
        .anyMatch(m -> m.shared() && m.file().node() == file && m.file().isWritable());
  }

  /** Whether a command is about the descriptor alone, which O_PATH gives, too. */
  private static boolean isAllowedOnPath(int command) {
    return command <= F_GETFL && command >= F_DUPFD || command == F_DUPFD_CLOEXEC;
  }

  private static int duplicate(FileTable files, OpenFile file, int from, boolean cloexec) {
    if (from < 0 || from >= files.most()) {
      throw new SysError(Errno.EINVAL);
    }
    return files.add(file, cloexec, from);
  }
}
