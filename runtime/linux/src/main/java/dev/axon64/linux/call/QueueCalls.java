package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.ipc.IpcObject;
import dev.axon64.linux.ipc.IpcTable;
import dev.axon64.linux.ipc.MessageQueue;
import dev.axon64.linux.ipc.MessageQueue.Message;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Calls about System V message queues (msgop(2), msgctl(2)). */
final class QueueCalls implements CallGroup {
  private static final int MSG_STAT = 11;
  private static final int MSG_INFO = 12;
  private static final int MSG_STAT_ANY = 13;
  private static final int MSG_NOERROR = 010000;
  private static final int MSG_EXCEPT = 020000;
  private static final int MSG_COPY = 040000;
  private static final int LONGEST = 8192;
  private static final int MOST_QUEUES = 32_000;
  private static final int MSGINFO = 32;

  /** Bytes that a message takes beside its text. */
  private static final int ROOM = 64;

  private final Kernel kernel;

  QueueCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.MSGGET, this::get);
    table.bind(SystemCall.MSGSND, this::send);
    table.bind(SystemCall.MSGRCV, this::receive);
    table.bind(SystemCall.MSGCTL, this::control);
  }

  private IpcTable<MessageQueue> queues() {
    return kernel.ipc.queues;
  }

  private long get(Task task, long[] a) {
    int key = (int) a[0];
    int flags = (int) a[1];
    long now = IpcCommands.now(kernel);
    return queues()
        .get(
            key,
            flags,
            task.identity,
            known -> {},
            () -> new MessageQueue(key, task.identity, flags, now))
        .id();
  }

  /** The queue of a call, which may have been removed while it waited. */
  private MessageQueue queue(Task task, int id) {
    if (task.wait != null && task.wait.note() instanceof MessageQueue queue) {
      if (!queues().has(queue)) {
        throw new SysError(Errno.EIDRM);
      }
      return queue;
    }
    return queues().of(id);
  }

  private Wait.Parked await(Task task, MessageQueue queue, BooleanSupplier ready) {
    BooleanSupplier any = () -> !queues().has(queue) || ready.getAsBoolean();
    return task.park(new Wait(any, Wait.FOREVER, false, () -> {}, queue));
  }

  private long send(Task task, long[] a) {
    if (a[2] < 0 || a[2] > LONGEST || (int) a[0] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    int length = (int) a[2];
    long type = task.cpu.memory.load64(a[1]);
    if (type < 1) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] text = task.cpu.memory.read(a[1] + Long.BYTES, length);
    MessageQueue queue = queue(task, (int) a[0]);
    queue.check(task.identity, IpcObject.WRITE);
    if (!queue.hasRoom(length)) {
      if ((a[3] & IpcCommands.NOWAIT) != 0) {
        throw new SysError(Errno.EAGAIN);
      }
      throw await(task, queue, () -> queue.hasRoom(length));
    }
    if (kernel.temporary.free() < length + ROOM) {
      throw new SysError(Errno.ENOMEM);
    }
    kernel.temporary.take(length + ROOM);
    queue.send(new Message(type, text), task.process.id, IpcCommands.now(kernel));
    return 0;
  }

  private long receive(Task task, long[] a) {
    int flags = (int) a[4];
    boolean copy = (flags & MSG_COPY) != 0;
    if (a[2] < 0 || (int) a[0] < 0) {
      throw new SysError(Errno.EINVAL);
    }
    boolean except = (flags & MSG_EXCEPT) != 0;
    if (copy && (except || (flags & IpcCommands.NOWAIT) == 0)) {
      throw new SysError(Errno.EINVAL);
    }
    MessageQueue queue = queue(task, (int) a[0]);
    queue.check(task.identity, IpcObject.READ);
    Message message = copy ? queue.at(a[3]) : queue.find(a[3], except);
    if (message == null) {
      if ((flags & IpcCommands.NOWAIT) != 0) {
        throw new SysError(Errno.ENOMSG);
      }
      throw await(task, queue, () -> queue.find(a[3], except) != null);
    }
    if (message.text().length > a[2] && (flags & MSG_NOERROR) == 0) {
      throw new SysError(Errno.E2BIG);
    }
    byte[] text = message.text();
    byte[] part = text.length > a[2] ? Arrays.copyOf(text, (int) a[2]) : text;
    Guest.checkWritable(task, a[1], Long.BYTES);
    task.cpu.memory.write(a[1] + Long.BYTES, part);
    task.cpu.memory.store64(a[1], message.type());
    if (!copy) {
      queue.receive(message, task.process.id, IpcCommands.now(kernel));
      kernel.temporary.giveBack(text.length + ROOM);
    }
    return part.length;
  }

  private long control(Task task, long[] a) {
    int command = (int) a[1] & ~IpcCommands.STRUCTURES_64;
    return switch (command) {
      case IpcCommands.INFO, MSG_INFO -> info(task, command == MSG_INFO, a[2]);
      case IpcCommands.STAT -> stat(task, queues().of((int) a[0]), a[2], true, 0);
      case MSG_STAT, MSG_STAT_ANY -> {
        MessageQueue queue = queues().at((int) a[0]);
        yield stat(task, queue, a[2], command == MSG_STAT, queue.id());
      }
      case IpcCommands.SET -> {
        set(task, Guest.struct(task, a[2], MessageQueue.BYTES), queues().of((int) a[0]));
        yield 0;
      }
      case IpcCommands.RMID -> {
        MessageQueue queue = queues().of((int) a[0]);
        queue.checkOwner(task.identity);
        queues().remove(queue);
        kernel.temporary.giveBack(queue.bytes() + (long) queue.count() * ROOM);
        yield 0;
      }
      default -> throw new SysError(Errno.EINVAL);
    };
  }

  private void set(Task task, ByteBuffer from, MessageQueue queue) {
    queue.checkOwner(task.identity);
    long most = from.getLong(88);
    if (most > MessageQueue.USUAL_BYTES && !task.identity.can(Capabilities.SYS_RESOURCE)) {
      throw new SysError(Errno.EPERM);
    }
    queue.change(from, IpcCommands.now(kernel));
  }

  private static long stat(
      Task task, MessageQueue queue, long address, boolean checks, long result) {
    if (checks) {
      queue.check(task.identity, IpcObject.READ);
    }
    ByteBuffer to = Guest.struct(MessageQueue.BYTES);
    queue.put(to);
    Guest.write(task, address, to);
    return result;
  }

  /** Limits, and in three of them what is used if that is asked for (struct msginfo). */
  private long info(Task task, boolean used, long address) {
    int count = queues().all().stream().mapToInt(MessageQueue::count).sum();
    long bytes = queues().all().stream().mapToLong(MessageQueue::bytes).sum();
    ByteBuffer to = Guest.struct(MSGINFO);
    to.putInt(0, used ? queues().all().size() : MOST_QUEUES * MessageQueue.USUAL_BYTES / 1024);
    to.putInt(4, used ? count : MessageQueue.USUAL_BYTES).putInt(8, LONGEST);
    to.putInt(12, MessageQueue.USUAL_BYTES).putInt(16, MOST_QUEUES).putInt(20, 16);
    to.putInt(24, used ? (int) bytes : MessageQueue.USUAL_BYTES).putShort(28, (short) 0xffff);
    Guest.write(task, address, to);
    return queues().highest();
  }
}
