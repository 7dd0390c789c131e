package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Address;
import dev.axon64.linux.net.Attachment;
import dev.axon64.linux.net.Outgoing;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.TcpSocket;
import dev.axon64.linux.net.UnixAddress;
import dev.axon64.linux.net.UnixSocket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;

/** Sends what lies in the guest's memory. */
final class Sending {
  private static final int CHUNK = 1 << 16;

  /** No message is longer. */
  private static final int MOST_MESSAGE = 1 << 20;

  private final Kernel kernel;

  Sending(Kernel kernel) {
    this.kernel = kernel;
  }

  /** How many bytes a parked call has sent. */
  private record Sent(long done) implements Wait.Part {}

  /**
   * Sends everything, or what can be sent at once if the call must not wait.
   *
   * @param to whom; null for the other end
   * @param flags MSG bits
   */
  long send(Task task, Socket socket, Pieces data, Address to, Attachment attachment, int flags) {
    if ((flags & SocketNumbers.MSG_OOB) != 0 && !(socket instanceof TcpSocket)) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    try {
      return socket.isOfMessages()
          ? message(task, socket, data, to, attachment, flags)
          : stream(task, socket, data, to, attachment, flags);
    } catch (SysError e) {
      boolean signals = (flags & SocketNumbers.MSG_NOSIGNAL) == 0 && socket.breaksLoudly();
      if (e.errno == Errno.EPIPE && signals) {
        kernel.signals.raise(task, Signals.SIGPIPE);
      }
      throw e;
    }
  }

  private long message(
      Task task, Socket socket, Pieces data, Address to, Attachment attachment, int flags) {
    if (data.length() > MOST_MESSAGE) {
      throw new SysError(Errno.EMSGSIZE);
    }
    byte[] bytes = data.read(0, (int) data.length());
    return once(task, socket, new Outgoing(bytes, to, attachment, Sockets.caller(task)), flags, 0);
  }

  private long stream(
      Task task, Socket socket, Pieces data, Address to, Attachment attachment, int flags) {
    long done = task.wait != null && task.wait.note() instanceof Sent sent ? sent.done : 0;
    if (data.length() == 0) {
      return once(
          task, socket, new Outgoing(new byte[0], to, attachment, Sockets.caller(task)), flags, 0);
    }
    while (done < data.length()) {
      byte[] bytes = data.read(done, (int) Math.min(CHUNK, data.length() - done));
      Attachment with = done == 0 ? attachment : Attachment.NONE;
      Outgoing message = new Outgoing(bytes, to, with, Sockets.caller(task));
      try {
        boolean last = done + bytes.length == data.length();
        int rest = last ? flags : flags & ~SocketNumbers.MSG_OOB;
        done += once(task, socket, message, rest, done);
      } catch (SysError e) {
        if (done == 0) {
          throw e;
        }
        break; // the call tells what was sent, and the next one fails
      }
    }
    return done;
  }

  private int once(Task task, Socket socket, Outgoing message, int flags, long done) {
    UnixSocket target = target(task, socket, message.to());
    try {
      if ((flags & SocketNumbers.MSG_OOB) != 0) {
        return socket.sendUrgent(message);
      }
      return socket instanceof UnixSocket unix ? unix.send(message, target) : socket.send(message);
    } catch (SysError e) {
      if (e.errno != Errno.EAGAIN) {
        throw e;
      }
      boolean now = (flags & SocketNumbers.MSG_DONTWAIT) != 0;
      throw Sockets.await(
          task,
          socket,
          kernel.clock,
          socket.options().sendTimeout,
          now,
          () ->
              socket instanceof UnixSocket unix
                  ? unix.canSend(message, target)
                  : socket.canSend(message),
          new Sent(done));
    }
  }

  private UnixSocket target(Task task, Socket socket, Address to) {
    boolean named = socket instanceof UnixSocket && socket.isOfMessages() && to != null;
    return named && to instanceof UnixAddress && socket.takesTargets()
        ? Sockets.find(task, kernel.network, to, SocketNumbers.SOCK_DGRAM)
        : null;
  }
}
