package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.FileOwner;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Pipe;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.process.FolderAlert;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.OwnerAlert;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.terminal.TerminalFile;
import java.nio.ByteBuffer;

/** What fcntl and ioctl say about the signals of open files that become ready (O_ASYNC). */
final class OwnerControls {
  private static final int F_SETOWN = 8;
  private static final int F_GETOWN = 9;
  private static final int F_SETSIG = 10;
  private static final int F_GETSIG = 11;
  private static final int F_SETOWN_EX = 15;
  private static final int F_GETOWN_EX = 16;
  private static final int F_NOTIFY = 1026;

  private final Kernel kernel;

  OwnerControls(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Whether a command of fcntl is one of these. */
  static boolean isCommand(int command) {
    return command >= F_SETOWN && command <= F_GETSIG
        || command == F_SETOWN_EX
        || command == F_GETOWN_EX
        || command == F_NOTIFY;
  }

  long control(Task task, OpenFile file, int descriptor, int command, long argument) {
    FileOwner owner = file.owner();
    switch (command) {
      case F_SETOWN -> {
        int id = (int) argument;
        if (id == Integer.MIN_VALUE) {
          throw new SysError(Errno.EINVAL);
        }
        set(owner, id < 0 ? FileOwner.GROUP : FileOwner.PROCESS, Math.abs(id));
      }
      case F_GETOWN -> {
        return owner.kind == FileOwner.GROUP ? -owner.id : owner.id;
      }
      case F_SETSIG -> {
        if (argument < 0 || argument > Signals.LAST) {
          throw new SysError(Errno.EINVAL);
        }
        owner.signal = (int) argument;
      }
      case F_GETSIG -> {
        return owner.signal;
      }
      case F_SETOWN_EX -> {
        ByteBuffer b = Guest.struct(task, argument, 2 * Integer.BYTES);
        if (b.getInt(0) < FileOwner.THREAD || b.getInt(0) > FileOwner.GROUP) {
          throw new SysError(Errno.EINVAL);
        }
        set(owner, b.getInt(0), b.getInt(4));
      }
      case F_NOTIFY -> watch(task, file, descriptor, (int) argument);
      default -> {
        ByteBuffer b = Guest.struct(2 * Integer.BYTES);
        Guest.write(task, argument, b.putInt(0, owner.kind).putInt(4, owner.id));
      }
    }
    return 0;
  }

  private void set(FileOwner owner, int kind, int id) {
    boolean there =
        switch (kind) {
          case FileOwner.THREAD -> kernel.task(id) != null;
          case FileOwner.PROCESS -> kernel.processes.containsKey(id);
          default -> kernel.processes.values().stream().anyMatch(p -> p.group == id);
        };
    if (id != 0 && !there) {
      throw new SysError(Errno.ESRCH);
    }
    owner.kind = kind;
    owner.id = id;
  }

  /** Has the owner told what happens in a folder, or nothing any more. */
  private void watch(Task task, OpenFile file, int descriptor, int wanted) {
    FileOwner owner = file.owner();
    if ((wanted & ~FolderAlert.MULTISHOT) == 0) {
      if (owner.folder != null) {
        owner.folder.gone();
      }
      return;
    }
    if (!(file instanceof DirectoryFile)) {
      throw new SysError(Errno.ENOTDIR);
    }
    if (owner.id == 0) {
      set(owner, FileOwner.PROCESS, task.process.id);
    }
    if (!(owner.folder instanceof FolderAlert)) {
      owner.folder = new FolderAlert(kernel, Notices.Id.of(file.node()), owner, descriptor);
      owner.folderAsker = task.process.files;
    }
    ((FolderAlert) owner.folder).add(wanted);
  }

  /** Whether an open file can send signals. */
  static boolean canAlert(OpenFile file) {
    return file instanceof Socket || Pipe.isEnd(file) || file instanceof TerminalFile;
  }

  /** Has the owner told by a signal from now on, or no longer. */
  void alert(OpenFile file, int descriptor, boolean wanted) {
    FileOwner owner = file.owner();
    if (wanted && owner.alert == null) {
      owner.alert = new OwnerAlert(kernel, owner, descriptor);
      file.watch(owner.alert);
    } else if (!wanted && owner.alert != null) {
      file.unwatch(owner.alert);
      owner.alert = null;
    }
  }
}
