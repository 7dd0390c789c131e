package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.net.Address;
import dev.axon64.linux.net.Attachment;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.UnixAddress;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.machine.memory.MemoryFault;
import java.nio.ByteBuffer;

/** Calls that send and receive. */
final class MessageCalls implements CallGroup {
  /** Bytes of a struct msghdr. */
  private static final int HEADER = 56;

  /** Bytes of a struct mmsghdr: the above, and an int. */
  private static final int MANY_HEADER = 64;

  private static final int MOST_MESSAGES = 1024;

  private final Kernel kernel;
  private final Sending sending;
  private final Receiving receiving;

  MessageCalls(Kernel kernel) {
    this.kernel = kernel;
    this.sending = new Sending(kernel);
    this.receiving = new Receiving(kernel);
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SENDTO, this::sendTo);
    table.bind(SystemCall.RECVFROM, this::receiveFrom);
    table.bind(SystemCall.SENDMSG, (t, a) -> send(t, Sockets.of(t, a[0]), a[1], (int) a[2]));
    table.bind(SystemCall.RECVMSG, (t, a) -> receive(t, Sockets.of(t, a[0]), a[1], (int) a[2]));
    table.bind(SystemCall.SENDMMSG, this::sendMany);
    table.bind(SystemCall.RECVMMSG, this::receiveMany);
  }

  private long sendTo(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    Address to = null;
    if (a[4] != 0) {
      to = SocketAddresses.read(task, a[4], a[5], socket.socketKind().family());
    }
    Pieces data = Pieces.one(task, a[1], a[2]);
    return sending.send(task, socket, data, to, Attachment.NONE, (int) a[3]);
  }

  private long receiveFrom(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    Pieces room = Pieces.one(task, a[1], a[2]);
    Receiving.Result result = receiving.receive(task, socket, room, (int) a[3]);
    result.attachment().release();
    if (a[4] != 0) {
      byte[] name = name(socket, result.from());
      SocketAddresses.write(task, name, a[4], a[5]);
    }
    return result.count();
  }

  private static byte[] name(Socket socket, Address from) {
    boolean told = from != null && !from.equals(UnixAddress.UNNAMED);
    return told ? SocketAddresses.bytes(from, socket.socketKind().family()) : new byte[0];
  }

  private long send(Task task, Socket socket, long header, int flags) {
    ByteBuffer b = Guest.struct(task, header, HEADER);
    Address to = null;
    if (b.getLong(0) != 0 && b.getInt(8) != 0) {
      int family = socket.socketKind().family();
      to = SocketAddresses.read(task, b.getLong(0), b.getInt(8), family);
    }
    Pieces data = Pieces.of(task, b.getLong(16), b.getLong(24), Errno.EMSGSIZE);
    Attachment attachment;
    if (socket.socketKind().family() == SocketNumbers.AF_UNIX) {
      attachment = ControlMessages.read(task, b.getLong(32), b.getLong(40));
    } else {
      attachment = ControlMessages.readControls(task, b.getLong(32), b.getLong(40));
    }
    return sending.send(task, socket, data, to, attachment, flags);
  }

  private long receive(Task task, Socket socket, long header, int flags) {
    ByteBuffer b = Guest.struct(task, header, HEADER);
    Pieces room = Pieces.of(task, b.getLong(16), b.getLong(24), Errno.EMSGSIZE);
    Receiving.Result result = receiving.receive(task, socket, room, flags);
    boolean cloexec = (flags & SocketNumbers.MSG_CMSG_CLOEXEC) != 0;
    int told = flags & (SocketNumbers.MSG_CMSG_CLOEXEC | SocketNumbers.MSG_OOB);
    told |= result.isCut() ? SocketNumbers.MSG_TRUNC : 0;
    try {
      boolean tellSender =
          socket.socketKind().family() == SocketNumbers.AF_UNIX
              && socket.options().is(SocketNumbers.SOL_SOCKET, SocketNumbers.SO_PASSCRED);
      long space = b.getLong(32) == 0 ? 0 : b.getLong(40);
      ControlMessages.Written control =
          ControlMessages.write(task, result.attachment(), space, tellSender, cloexec);
      told |= control.isCut() ? SocketNumbers.MSG_CTRUNC : 0;
      if (control.bytes().length > 0) {
        task.cpu.memory.write(b.getLong(32), control.bytes());
      }
      task.cpu.memory.store64(header + 40, control.bytes().length);
    } finally {
      result.attachment().release();
    }
    if (b.getLong(0) != 0) {
      byte[] name = name(socket, result.from());
      int space = Math.max(0, b.getInt(8));
      task.cpu.memory.write(b.getLong(0), name, 0, Math.min(space, name.length));
      task.cpu.memory.store32(header + 8, name.length);
    }
    task.cpu.memory.store32(header + 48, told);
    return result.count();
  }

  /**
   * How many messages a parked call has sent or received.
   *
   * @param end when it stops to begin with further ones, in monotonic nanoseconds
   * @param within what the message that waits wants to find again
   */
  private record Many(long done, long end, Object within) implements Wait.Part {}

  /** Sends or receives one message. */
  private interface One {
    long move(long header, int flags);
  }

  private long sendMany(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    One one = (h, flags) -> send(task, socket, h, flags);
    return many(task, a[1], a[2], (int) a[3], 0, one);
  }

  private long receiveMany(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    return many(task, a[1], a[2], (int) a[3], a[4], (h, flags) -> receive(task, socket, h, flags));
  }

  /**
   * Sends or receives several messages.
   *
   * @param time where the time is that it may take, which is looked at between messages only and
   *     told as what is left of it; 0 for any time
   */
  private long many(Task task, long headers, long count, int given, long time, One one) {
    long most = Math.min(count & 0xffffffffL, MOST_MESSAGES);
    long done = 0;
    long end;
    if (task.wait != null && task.wait.note() instanceof Many many) {
      done = many.done;
      end = many.end;
      task.wait = task.wait.noting(many.within);
    } else {
      end = time == 0 ? Wait.FOREVER : kernel.clock.monotonic() + Guest.timespec(task, time);
    }
    boolean waitForOne = (given & SocketNumbers.MSG_WAITFORONE) != 0;
    while (done < most) {
      long header = headers + done * MANY_HEADER;
      int flags = given & ~SocketNumbers.MSG_WAITFORONE;
      flags |= waitForOne && done > 0 ? SocketNumbers.MSG_DONTWAIT : 0;
      try {
        long moved = one.move(header, flags);
        task.cpu.memory.store32(header + HEADER, moved);
      } catch (SysError | MemoryFault e) {
        if (done == 0) {
          throw e;
        }
        break; // the call tells how many there were, and the next one fails
      } catch (Wait.Parked parked) {
        task.wait = task.wait.noting(new Many(done, end, task.wait.note()));
        throw parked;
      }
      if (task.wait != null) {
        task.wait = task.wait.noting(null);
      }
      done++;
      if (time != 0 && !putLeft(task, time, end)) {
        break;
      }
    }
    return done;
  }

  /** Tells how much of a time is left, and whether there is any. */
  private boolean putLeft(Task task, long time, long end) {
    long left = Math.max(0, end - kernel.clock.monotonic());
    Guest.putTimespec(task, time, left);
    return left > 0;
  }
}
