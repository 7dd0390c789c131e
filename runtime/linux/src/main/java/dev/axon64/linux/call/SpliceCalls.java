package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Pipe;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.util.function.BooleanSupplier;

/** Calls that move bytes to and from pipes without the guest's memory between (splice(2)). */
final class SpliceCalls implements CallGroup {
  private static final int SPLICE_F_NONBLOCK = 2;
  private static final int KNOWN = 0xf;
  private static final int CHUNK = 1 << 16;

  private final Transfers transfers;
  private final FileSizeLimit limit;
  private final VectorCalls vectors;

  SpliceCalls(Kernel kernel) {
    this.transfers = new Transfers(kernel);
    this.limit = new FileSizeLimit(kernel);
    this.vectors = new VectorCalls(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SPLICE, this::splice);
    table.bind(SystemCall.TEE, this::tee);
    table.bind(SystemCall.VMSPLICE, this::vmsplice);
  }

  private static void checkFlags(long flags) {
    if ((flags & ~KNOWN) != 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private long splice(Task task, long[] a) {
    checkFlags(a[5]);
    if (a[4] == 0) {
      return 0;
    }
    OpenFile from = Transfers.readable(task, a[0]);
    OpenFile to = Transfers.writable(task, a[2]);
    boolean pipeIn = Pipe.isEnd(from);
    boolean pipeOut = Pipe.isEnd(to);
    if (!pipeIn && !pipeOut || pipeIn && pipeOut && Pipe.areEnds(from, to)) {
      throw new SysError(Errno.EINVAL);
    }
    if (pipeIn && a[1] != 0 || pipeOut && a[3] != 0) {
      throw new SysError(Errno.ESPIPE);
    }
    if (to instanceof RegularFile && (to.flags() & Flags.O_APPEND) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean now = (a[5] & SPLICE_F_NONBLOCK) != 0;
    int wanted = Math.clamp(a[4], 0, CHUNK);
    if (!from.canRead()) {
      throw await(task, from, now || from.isNonBlocking(), from::canRead);
    }
    int room = Math.min(wanted, room(to, wanted));
    if (room == 0) {
      throw await(task, to, now || to.isNonBlocking(), () -> to.canWrite(1));
    }
    byte[] bytes = new byte[room];
    int count = read(task, from, a[1], bytes);
    return count == 0 ? 0 : write(task, to, a[3], bytes, count);
  }

  /** How many bytes can be written at once; 0 for none. */
  private static int room(OpenFile to, int wanted) {
    return Pipe.isEnd(to) ? Pipe.room(to) : to.canWrite(1) ? wanted : 0;
  }

  private static Wait.Parked await(Task task, OpenFile file, boolean now, BooleanSupplier ready) {
    if (now) {
      throw new SysError(Errno.EAGAIN);
    }
    return task.park(Wait.until(ready).watching(file));
  }

  private static int read(Task task, OpenFile from, long at, byte[] bytes) {
    if (at == 0) {
      return from.read(bytes, 0, bytes.length);
    }
    long position = task.cpu.memory.load64(at);
    if (position < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int count = from.read(position, bytes, 0, bytes.length);
    task.cpu.memory.store64(at, position + count);
    return count;
  }

  private long write(Task task, OpenFile to, long at, byte[] bytes, int count) {
    if (at == 0) {
      return transfers.put(task, to, bytes, limit.allowed(task, to, count, 0));
    }
    long position = task.cpu.memory.load64(at);
    if (position < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int allowed = limit.allowed(task, to, count, position, 0);
    int written = to.write(position, bytes, 0, allowed);
    task.cpu.memory.store64(at, position + written);
    return written;
  }

  private long tee(Task task, long[] a) {
    checkFlags(a[3]);
    if (a[2] == 0) {
      return 0;
    }
    OpenFile from = Transfers.readable(task, a[0]);
    OpenFile to = Transfers.writable(task, a[1]);
    if (!Pipe.isEnd(from) || !Pipe.isEnd(to) || Pipe.areEnds(from, to)) {
      throw new SysError(Errno.EINVAL);
    }
    boolean now = (a[3] & SPLICE_F_NONBLOCK) != 0;
    if (!from.canRead()) {
      throw await(task, from, now || from.isNonBlocking(), from::canRead);
    }
    int room = Math.min(Math.clamp(a[2], 0, CHUNK), Pipe.room(to));
    if (room == 0) {
      throw await(task, to, now || to.isNonBlocking(), () -> to.canWrite(1));
    }
    byte[] bytes = Pipe.peek(from, room);
    return bytes.length == 0 ? 0 : transfers.put(task, to, bytes, bytes.length);
  }

  private long vmsplice(Task task, long[] a) {
    checkFlags(a[3]);
    OpenFile file = Guest.file(task, a[0]);
    if (!Pipe.isEnd(file)) {
      throw new SysError(Errno.EBADF);
    }
    return file.isWritable()
        ? vectors.write(task, file, a[1], a[2])
        : vectors.read(task, file, a[1], a[2]);
  }
}
