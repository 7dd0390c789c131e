package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Address;
import dev.axon64.linux.net.Attachment;
import dev.axon64.linux.net.Incoming;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.util.Arrays;

/** Receives into the guest's memory. */
final class Receiving {
  private static final int CHUNK = 1 << 18;

  private final Kernel kernel;

  Receiving(Kernel kernel) {
    this.kernel = kernel;
  }

  /** How many bytes a parked call has received. */
  private record Got(long done) implements Wait.Part {}

  /**
   * What a call has received.
   *
   * @param count bytes that the call tells
   * @param from who has sent them; null if that is not told
   * @param attachment what came with them, for the caller to release
   * @param isCut whether the message had more bytes
   */
  record Result(long count, Address from, Attachment attachment, boolean isCut) {}

  /**
   * Receives what is there, or waits for it.
   *
   * @param flags MSG bits
   */
  Result receive(Task task, Socket socket, Pieces room, int flags) {
    if ((flags & SocketNumbers.MSG_OOB) != 0) {
      return urgent(socket, room, (flags & SocketNumbers.MSG_PEEK) != 0);
    }
    if ((flags & SocketNumbers.MSG_ERRQUEUE) != 0) {
      throw new SysError(Errno.EAGAIN);
    }
    return socket.isOfMessages()
        ? message(task, socket, room, flags)
        : stream(task, socket, room, flags);
  }

  private static Result urgent(Socket socket, Pieces room, boolean peek) {
    Incoming got = socket.receiveUrgent(peek);
    int count = (int) Math.min(1, room.length());
    room.write(0, Arrays.copyOf(got.bytes(), count));
    return new Result(count, null, Attachment.NONE, count == 0);
  }

  private Result message(Task task, Socket socket, Pieces room, int flags) {
    Incoming got = once(task, socket, room.length(), flags, 0);
    room.write(0, got.bytes());
    boolean whole = (flags & SocketNumbers.MSG_TRUNC) != 0;
    long count = whole ? got.length() : got.bytes().length;
    return new Result(count, got.from(), got.attachment(), got.isCut());
  }

  private Result stream(Task task, Socket socket, Pieces room, int flags) {
    boolean peek = (flags & SocketNumbers.MSG_PEEK) != 0;
    boolean all = (flags & SocketNumbers.MSG_WAITALL) != 0 && !peek;
    boolean drop = (flags & SocketNumbers.MSG_TRUNC) != 0 && socket.dropsTruncated();
    long done = task.wait != null && task.wait.note() instanceof Got got ? got.done : 0;
    Attachment attachment = Attachment.NONE;
    Address from = null;
    while (done < room.length() || room.length() == 0) {
      Incoming got;
      try {
        got = once(task, socket, room.length() - done, flags, all ? done : 0);
      } catch (SysError e) {
        if (done == 0) {
          throw e;
        }
        break; // the call tells what there was, and the next one fails
      }
      if (!drop) {
        room.write(done, got.bytes());
      }
      done += got.bytes().length;
      from = got.from() == null ? from : got.from();
      attachment = got.attachment();
      if (!all || got.bytes().length == 0 || socket.isAtMark() || !attachment.files().isEmpty()) {
        break;
      }
    }
    return new Result(done, from, attachment, false);
  }

  private Incoming once(Task task, Socket socket, long wanted, int flags, long done) {
    int most = socket.isOfMessages() ? (int) wanted : (int) Math.min(wanted, CHUNK);
    try {
      return socket.receive(most, (flags & SocketNumbers.MSG_PEEK) != 0);
    } catch (SysError e) {
      if (e.errno != Errno.EAGAIN) {
        throw e;
      }
      boolean now = (flags & SocketNumbers.MSG_DONTWAIT) != 0;
      throw Sockets.await(
          task,
          socket,
          kernel.clock,
          socket.options().receiveTimeout,
          now,
          socket::canRead,
          new Got(done));
    }
  }
}
