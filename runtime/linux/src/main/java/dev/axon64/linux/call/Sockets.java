package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Permissions;
import dev.axon64.linux.fs.SocketNode;
import dev.axon64.linux.net.Address;
import dev.axon64.linux.net.Credentials;
import dev.axon64.linux.net.Network;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.UnixAddress;
import dev.axon64.linux.net.UnixSocket;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.util.function.BooleanSupplier;

/** What calls about sockets have in common: finding them, and waiting for them. */
final class Sockets {
  private Sockets() {}

  /** The socket of a descriptor; fails with EBADF or ENOTSOCK. */
  static Socket of(Task task, long descriptor) {
    if (Guest.file(task, descriptor) instanceof Socket socket) {
      return socket;
    }
    throw new SysError(Errno.ENOTSOCK);
  }

  /** Who makes a call. */
  static Credentials caller(Task task) {
    return new Credentials(
        task.process.id, task.identity.user().effective(), task.identity.group().effective());
  }

  /** The socket of the machine that a name leads to, for one of a type. */
  static UnixSocket find(Task task, Network network, Address address, int type) {
    if (!(address instanceof UnixAddress unix) || unix.isUnnamed()) {
      throw new SysError(Errno.EINVAL);
    }
    if (unix.isAbstract()) {
      return UnixSocket.find(network, unix, null, type);
    }
    Node node = Guest.walk(task, Flags.AT_FDCWD, GuestText.of(unix.bytes()), true).existing();
    if (!(node instanceof SocketNode socket)) {
      throw new SysError(Errno.ECONNREFUSED);
    }
    Rights.check(task, node, Permissions.WRITE);
    return UnixSocket.find(network, unix, socket, type);
  }

  /**
   * Parks until a socket is ready, or fails with EAGAIN if it must not wait or has done so for as
   * long as it may.
   *
   * @param timeout nanoseconds that it may wait; 0 for ever
   * @param now whether the call says that it must not wait
   * @param note what the call wants to find again; may be null
   * @return for the call to throw
   */
  static Wait.Parked await(
      Task task,
      Socket socket,
      GuestClock clock,
      long timeout,
      boolean now,
      BooleanSupplier ready,
      Object note) {
    if (now || socket.isNonBlocking() || task.timedOut) {
      throw new SysError(Errno.EAGAIN);
    }
    long deadline =
        task.wait != null
            ? task.wait.deadline()
            : timeout == 0 ? Wait.FOREVER : clock.monotonic() + timeout;
    return task.park(new Wait(ready, deadline, timeout == 0, () -> {}, note).watching(socket));
  }
}
