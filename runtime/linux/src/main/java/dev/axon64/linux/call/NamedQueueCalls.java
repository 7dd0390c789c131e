package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.ipc.NamedQueue;
import dev.axon64.linux.ipc.NamedQueue.Message;
import dev.axon64.linux.ipc.NamedQueue.Notice;
import dev.axon64.linux.ipc.NamedQueueFile;
import dev.axon64.linux.ipc.NamedQueues;
import dev.axon64.linux.net.NetlinkSocket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ResourceLimits;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.SigInfo;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Calls about POSIX message queues (mq_overview(7)). */
final class NamedQueueCalls implements CallGroup {
  private static final int ATTRIBUTES = 64;
  private static final int SIGEVENT = 64;
  private static final int SIGEV_SIGNAL = 0;
  private static final int SIGEV_NONE = 1;
  private static final int SIGEV_THREAD = 2;

  /** Bytes that the C library gets back, and what the last of them says. */
  private static final int COOKIE = 32;

  private static final int WOKEN_UP = 1;
  private static final int REMOVED = 2;
  private static final int SI_MESGQ = -3;
  private static final int LONGEST_NAME = 255;

  private static final int USUAL_MOST = 10;
  private static final int USUAL_SIZE = 8192;

  /** What is possible for those who may use more than usual. */
  private static final int HIGHEST_MOST = 65_536;

  private static final int HIGHEST_SIZE = 1 << 24;

  private final Kernel kernel;

  NamedQueueCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.MQ_OPEN, this::open);
    table.bind(SystemCall.MQ_UNLINK, this::unlink);
    table.bind(SystemCall.MQ_TIMEDSEND, this::send);
    table.bind(SystemCall.MQ_TIMEDRECEIVE, this::receive);
    table.bind(SystemCall.MQ_NOTIFY, this::notify);
    table.bind(SystemCall.MQ_GETSETATTR, this::attributes);
  }

  private NamedQueues queues() {
    return kernel.ipc.named;
  }

  /** A name without the slash that programs put in front of it. */
  private static String name(Task task, long address) {
    String name = Guest.path(task, address);
    if (name.isEmpty()) {
      throw new SysError(Errno.ENOENT);
    }
    if (name.contains("/") || name.equals(".") || name.equals("..")) {
      throw new SysError(Errno.EACCES);
    }
    if (name.length() > LONGEST_NAME) {
      throw new SysError(Errno.ENAMETOOLONG);
    }
    return name;
  }

  private long open(Task task, long[] a) {
    int flags = (int) a[1];
    boolean creates = (flags & Flags.O_CREAT) != 0;
    ByteBuffer wanted = creates && a[3] != 0 ? Guest.struct(task, a[3], ATTRIBUTES) : null;
    String name = name(task, a[0]);
    task.process.files.checkRoom(1);
    NamedQueue queue = queues().find(name);
    if (queue == null) {
      if (!creates) {
        throw new SysError(Errno.ENOENT);
      }
      queue = make(task, name, (int) a[2], wanted);
    } else {
      if (creates && (flags & Flags.O_EXCL) != 0) {
        throw new SysError(Errno.EEXIST);
      }
      Permissions.check(task.identity, queue.stat(), access(flags));
    }
    int kept = flags & (Flags.O_ACCMODE | Flags.O_NONBLOCK);
    return task.process.files.add(new NamedQueueFile(queues(), queue, name, kept), true, 0);
  }

  private static int access(int flags) {
    return switch (flags & Flags.O_ACCMODE) {
      case Flags.O_RDONLY -> Permissions.READ;
      case Flags.O_WRONLY -> Permissions.WRITE;
      case Flags.O_RDWR -> Permissions.READ | Permissions.WRITE;
      default -> throw new SysError(Errno.EINVAL);
    };
  }

  private NamedQueue make(Task task, String name, int mode, ByteBuffer wanted) {
    long most = wanted == null ? USUAL_MOST : wanted.getLong(8);
    long size = wanted == null ? USUAL_SIZE : wanted.getLong(16);
    boolean more = task.identity.can(Capabilities.SYS_RESOURCE);
    if (most <= 0
        || size <= 0
        || most > (more ? HIGHEST_MOST : USUAL_MOST)
        || size > (more ? HIGHEST_SIZE : USUAL_SIZE)) {
      throw new SysError(Errno.EINVAL);
    }
    long limit = ResourceLimits.of(kernel.limits, task.process, ResourceLimits.QUEUES)[0];
    int permissions = mode & ~task.process.view.umask;
    return queues()
        .make(name, (int) most, (int) size, kernel.newInode(), permissions, task.identity, limit);
  }

  private long unlink(Task task, long[] a) {
    String name = name(task, a[0]);
    NamedQueue queue = queues().find(name);
    if (queue == null) {
      throw new SysError(Errno.ENOENT);
    }
    if (!Permissions.own(task.identity, queue.stat())) {
      throw new SysError(Errno.EPERM);
    }
    queues().unlink(name);
    return 0;
  }

  private static NamedQueueFile file(Task task, long descriptor) {
    if (Guest.file(task, descriptor) instanceof NamedQueueFile file) {
      return file;
    }
    throw new SysError(Errno.EBADF);
  }

  /** When a call gives up, in monotonic nanoseconds. */
  private long deadline(Task task, long address) {
    return address == 0
        ? Wait.FOREVER
        : Guest.timespec(task, address) - kernel.clock.realtime() + kernel.clock.monotonic();
  }

  /** Waits; fails with EAGAIN or ETIMEDOUT if the call must not wait, or no more. */
  private Wait.Parked await(
      Task task, NamedQueueFile file, long deadline, BooleanSupplier ready, Runnable ended) {
    if (file.isNonBlocking()) {
      throw new SysError(Errno.EAGAIN);
    }
    if (deadline <= kernel.clock.monotonic()) {
      throw new SysError(Errno.ETIMEDOUT);
    }
    return task.park(new Wait(ready, deadline, true, ended, file));
  }

  private long send(Task task, long[] a) {
    if (Integer.compareUnsigned((int) a[3], NamedQueue.PRIORITIES) >= 0) {
      throw new SysError(Errno.EINVAL);
    }
    long deadline = deadline(task, a[4]);
    NamedQueueFile file = file(task, a[0]);
    if (!file.isWritable()) {
      throw new SysError(Errno.EBADF);
    }
    NamedQueue queue = file.queue();
    if (Long.compareUnsigned(a[2], queue.size()) > 0) {
      throw new SysError(Errno.EMSGSIZE);
    }
    byte[] text = task.cpu.memory.read(a[1], (int) a[2]);
    if (!queue.hasRoom()) {
      throw await(task, file, deadline, queue::hasRoom, () -> {});
    }
    queue.send(new Message((int) a[3], text));
    return 0;
  }

  private long receive(Task task, long[] a) {
    long deadline = deadline(task, a[4]);
    NamedQueueFile file = file(task, a[0]);
    if (!file.isReadable()) {
      throw new SysError(Errno.EBADF);
    }
    NamedQueue queue = file.queue();
    if (task.wait != null) {
      queue.endReceiving();
    }
    if (Long.compareUnsigned(a[2], queue.size()) < 0) {
      throw new SysError(Errno.EMSGSIZE);
    }
    if (queue.count() == 0) {
      Wait.Parked parked =
          await(task, file, deadline, () -> queue.count() > 0, queue::endReceiving);
      queue.beginReceiving();
      throw parked;
    }
    Message message = queue.receive();
    if (a[3] != 0) {
      task.cpu.memory.store32(a[3], message.priority());
    }
    task.cpu.memory.write(a[1], message.text());
    return message.text().length;
  }

  private long notify(Task task, long[] a) {
    Notice notice = a[1] == 0 ? null : notice(task, Guest.struct(task, a[1], SIGEVENT));
    NamedQueue queue = file(task, a[0]).queue();
    if (notice == null) {
      queue.forget(task.process.files);
    } else if (queue.hasNotice()) {
      throw new SysError(Errno.EBUSY);
    } else {
      queue.notify(notice);
    }
    return 0;
  }

  /** What a struct sigevent asks for. */
  private Notice notice(Task task, ByteBuffer event) {
    int signal = event.getInt(8);
    int way = event.getInt(12);
    Process process = task.process;
    if (way == SIGEV_NONE || way == SIGEV_SIGNAL && signal == 0) {
      return new Notice(process.files, process.id, way, 0, () -> {}, () -> {});
    }
    if (way == SIGEV_THREAD) {
      return byThread(task, event.getLong(0), signal);
    }
    if (way != SIGEV_SIGNAL || signal < 0 || signal > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    long value = event.getLong(0);
    return new Notice(
        process.files,
        process.id,
        way,
        signal,
        () -> {
          Task sender = kernel.caller;
          SigInfo from =
              SigInfo.from(signal, SI_MESGQ, sender.process.id, sender.identity.user().real());
          kernel.signals.send(process, new SigInfo(signal, 0, SI_MESGQ, from.first(), value));
        },
        () -> {});
  }

  /** The way of the C library, which waits at a netlink socket and begins a thread. */
  private static Notice byThread(Task task, long address, int descriptor) {
    byte[] cookie = task.cpu.memory.read(address, COOKIE);
    if (!(Guest.file(task, descriptor) instanceof NetlinkSocket socket)) {
      throw new SysError(Errno.ENOTSOCK);
    }
    Process process = task.process;
    return new Notice(
        process.files,
        process.id,
        SIGEV_THREAD,
        0,
        () -> socket.tell(marked(cookie, WOKEN_UP)),
        () -> socket.tell(marked(cookie, REMOVED)));
  }

  private static byte[] marked(byte[] cookie, int mark) {
    byte[] bytes = cookie.clone();
    bytes[COOKIE - 1] = (byte) mark;
    return bytes;
  }

  private long attributes(Task task, long[] a) {
    ByteBuffer next = a[1] == 0 ? null : Guest.struct(task, a[1], ATTRIBUTES);
    if (next != null && (next.getLong(0) & ~Flags.O_NONBLOCK) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    NamedQueueFile file = file(task, a[0]);
    NamedQueue queue = file.queue();
    ByteBuffer old = Guest.struct(ATTRIBUTES);
    old.putLong(0, file.flags() & Flags.O_NONBLOCK);
    old.putLong(8, queue.most()).putLong(16, queue.size()).putLong(24, queue.count());
    if (next != null) {
      file.setFlags((int) next.getLong(0));
    }
    if (a[2] != 0) {
      Guest.write(task, a[2], old);
    }
    return 0;
  }
}
