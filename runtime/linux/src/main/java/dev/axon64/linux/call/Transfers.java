package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.terminal.TerminalFile;
import dev.axon64.machine.memory.AddressSpace;
import java.util.function.BooleanSupplier;

/** Moves bytes between open files and the guest's memory, in chunks. */
final class Transfers {
  private static final int CHUNK = 1 << 16;

  private final Kernel kernel;
  private final FileTransfers files;

  Transfers(Kernel kernel) {
    this.kernel = kernel;
    this.files = new FileTransfers(kernel);
  }

  /** What a parked write has already written. */
  record Progress(long done) implements Wait.Part {}

  /** An open file to read from; fails with EBADF if it cannot be read. */
  static OpenFile readable(Task task, long descriptor) {
    OpenFile file = Guest.file(task, descriptor);
    if (!file.isReadable()) {
      throw new SysError(Errno.EBADF);
    }
    return file;
  }

  /** An open file to write to; fails with EBADF if it cannot be written. */
  static OpenFile writable(Task task, long descriptor) {
    OpenFile file = Guest.file(task, descriptor);
    if (!file.isWritable()) {
      throw new SysError(Errno.EBADF);
    }
    return file;
  }

  /** Reads at the file's own position. */
  int read(Task task, OpenFile file, long address, long length) {
    checkNotNegative(length);
    if (file instanceof DirectoryFile) {
      throw new SysError(Errno.EISDIR);
    }
    int wanted = Guest.span(task, address, length, AddressSpace.WRITE);
    file.checkRead(wanted);
    if (file instanceof RegularFile regular) {
      return files.read(task, regular, address, wanted);
    }
    if (wanted > 0) {
      awaitReadable(task, file, wanted);
    }
    return fill(
        task,
        address,
        wanted,
        (buffer, part, done) -> file.read(buffer, 0, part),
        () -> file.canRead() && !(file instanceof TerminalFile));
  }

  /** Reads at a given position. */
  int readAt(Task task, OpenFile file, long address, long length, long position) {
    checkNotNegative(length);
    checkNotNegative(position);
    checkNotNegative(position + length);
    int wanted = Guest.span(task, address, length, AddressSpace.WRITE);
    if (file instanceof RegularFile regular) {
      return files.readAt(task, regular, address, wanted, position);
    }
    if (wanted == 0) {
      file.read(position, new byte[0], 0, 0); // fails for a file that has no positions
    }
    return fill(
        task,
        address,
        wanted,
        (buffer, part, done) -> file.read(position + done, buffer, 0, part),
        () -> true);
  }

  private static void checkNotNegative(long value) {
    if (value < 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  /** Parks until the file can be read; fails with EAGAIN if the file must not block. */
  private void awaitReadable(Task task, OpenFile file, int wanted) {
    if (!file.admitsRead()) {
      throw task.park(Wait.until(() -> true));
    }
    long patience = file.patience();
    if (file.canRead(wanted) || task.timedOut || patience == 0) {
      return;
    }
    if (file.isNonBlocking()) {
      if (file.available() > 0) {
        return; // fewer bytes than are wanted
      }
      throw new SysError(Errno.EAGAIN);
    }
    long deadline = patience == Long.MAX_VALUE ? Wait.FOREVER : kernel.clock.monotonic() + patience;
    BooleanSupplier ready = () -> file.canRead(wanted) || file.patience() != patience;
    throw task.park(new Wait(ready, deadline, true, () -> {}, null).watching(file));
  }

  /** Reads a part of what is wanted. */
  private interface PartReader {
    /**
     * Reads to the beginning of a buffer.
     *
     * @param done bytes of the parts before
     * @return how many bytes there were
     */
    int read(byte[] buffer, int part, int done);
  }

  /** Fills the guest's memory until a part is short or there are no more. */
  private static int fill(
      Task task, long address, int wanted, PartReader reader, BooleanSupplier more) {
    int done = 0;
    byte[] buffer = new byte[Math.min(wanted, CHUNK)];
    while (done < wanted) {
      int part = Math.min(buffer.length, wanted - done);
      int count = reader.read(buffer, part, done);
      task.cpu.memory.write(address + done, buffer, 0, count);
      done += count;
      if (count < part || !more.getAsBoolean()) {
        break;
      }
    }
    return done;
  }

  /** Writes at the file's own position, all of it unless the file must not block. */
  int write(Task task, OpenFile file, long address, long length) {
    checkNotNegative(length);
    int wanted = Guest.span(task, address, length, AddressSpace.READ);
    if (wanted > 0) {
      Rights.dropMarks(task, file);
    }
    if (file instanceof RegularFile regular) {
      return files.write(task, regular, address, wanted);
    }
    if (wanted < length) {
      wanted = wholePages(wanted); // a pipe takes no part of one that cannot be read
    }
    int done = 0;
    if (task.wait != null && task.wait.note() instanceof Progress progress) {
      done = (int) Math.min(progress.done, wanted);
    }
    if (wanted > 0 && !file.admitsWrite()) {
      throw task.park(new Wait(() -> true, Wait.FOREVER, done == 0, () -> {}, new Progress(done)));
    }
    byte[] buffer = new byte[Math.min(wanted - done, CHUNK)];
    if (wanted == 0) {
      file.write(buffer, 0, 0);
    }
    while (done < wanted) {
      int part = Math.min(buffer.length, wanted - done);
      task.cpu.memory.read(address + done, buffer, 0, part);
      if (!file.accepts(buffer, part)) {
        if (file.isNonBlocking() && done > 0) {
          break;
        }
        throw awaitWritable(task, file, done, buffer, part);
      }
      try {
        done += put(task, file, buffer, part);
      } catch (SysError e) {
        if (done == 0 || e.errno == Errno.EPIPE) {
          throw e;
        }
        break; // the call tells what was written, and the next one fails
      }
      if (file.isWhole()) {
        break;
      }
    }
    return done;
  }

  private static int wholePages(int length) {
    if (length < AddressSpace.PAGE) {
      throw new SysError(Errno.EFAULT);
    }
    return length & -AddressSpace.PAGE;
  }

  private static Wait.Parked awaitWritable(
      Task task, OpenFile file, int done, byte[] buffer, int part) {
    if (file.isNonBlocking()) {
      throw new SysError(Errno.EAGAIN);
    }
    return task.park(
        new Wait(
            () -> file.accepts(buffer, part),
            Wait.FOREVER,
            done == 0,
            () -> {},
            new Progress(done)));
  }

  /** Writes the beginning of a buffer; a broken pipe sends SIGPIPE. */
  int put(Task task, OpenFile file, byte[] buffer, int length) {
    try {
      return file.write(buffer, 0, length);
    } catch (SysError e) {
      if (e.errno == Errno.EPIPE) {
        kernel.signals.raise(task, Signals.SIGPIPE);
      }
      throw e;
    }
  }

  /** Writes at a given position. */
  int writeAt(Task task, OpenFile file, long address, long length, long position) {
    checkNotNegative(length);
    checkNotNegative(position);
    checkNotNegative(position + length);
    int wanted = Guest.span(task, address, length, AddressSpace.READ);
    if (wanted > 0) {
      Rights.dropMarks(task, file);
    }
    if (file instanceof RegularFile regular) {
      return files.writeAt(task, regular, address, wanted, position);
    }
    int done = 0;
    byte[] buffer = new byte[Math.min(wanted, CHUNK)];
    do {
      int part = Math.min(buffer.length, wanted - done);
      task.cpu.memory.read(address + done, buffer, 0, part);
      int count = file.write(position + done, buffer, 0, part); // fails if it has no positions
      done += count;
      if (count < part) {
        break;
      }
    } while (done < wanted);
    return done;
  }
}
