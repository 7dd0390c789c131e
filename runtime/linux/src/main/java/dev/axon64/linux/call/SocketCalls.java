package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.net.Address;
import dev.axon64.linux.net.Credentials;
import dev.axon64.linux.net.Network;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.UnixAddress;
import dev.axon64.linux.net.UnixSocket;
import dev.axon64.linux.net.UnixStream;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;

/** Calls that make, name, connect and shut down sockets. */
final class SocketCalls implements CallGroup {
  private static final int FLAGS = Flags.O_NONBLOCK | Flags.O_CLOEXEC;

  private final Kernel kernel;
  private final Network network;

  SocketCalls(Kernel kernel) {
    this.kernel = kernel;
    this.network = kernel.network;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SOCKET, this::socket);
    table.bind(SystemCall.SOCKETPAIR, this::pair);
    table.bind(SystemCall.BIND, this::bind);
    table.bind(SystemCall.LISTEN, this::listen);
    table.bind(SystemCall.ACCEPT, (t, a) -> accept(t, a, 0));
    table.bind(SystemCall.ACCEPT4, (t, a) -> accept(t, a, (int) a[3]));
    table.bind(SystemCall.CONNECT, this::connect);
    table.bind(SystemCall.GETSOCKNAME, (t, a) -> name(t, a, Sockets.of(t, a[0]).name()));
    table.bind(SystemCall.GETPEERNAME, (t, a) -> name(t, a, Sockets.of(t, a[0]).peerName()));
    table.bind(SystemCall.SHUTDOWN, this::shutdown);
  }

  private static void checkFlags(long flags) {
    if (((int) flags & ~FLAGS) != 0) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private static int added(Task task, Socket socket, long flags) {
    socket.belongTo(Sockets.caller(task));
    socket.setFlags((int) flags & Flags.O_NONBLOCK);
    return task.process.files.add(socket, (flags & Flags.O_CLOEXEC) != 0, 0);
  }

  private long socket(Task task, long[] a) {
    checkFlags(a[1] & ~SocketNumbers.SOCK_TYPE);
    task.process.files.checkRoom(1);
    int type = (int) a[1] & SocketNumbers.SOCK_TYPE;
    return added(task, NewSockets.of(network, (int) a[0], type, (int) a[2]), a[1]);
  }

  private long pair(Task task, long[] a) {
    checkFlags(a[1] & ~SocketNumbers.SOCK_TYPE);
    FileTable files = task.process.files;
    files.checkRoom(2);
    Guest.checkWritable(task, a[3], 2 * Integer.BYTES);
    int type = NewSockets.checkPair((int) a[0], (int) a[1] & SocketNumbers.SOCK_TYPE, (int) a[2]);
    UnixSocket[] both = UnixSocket.pair(network, type, Sockets.caller(task));
    task.cpu.memory.store32(a[3], added(task, both[0], a[1]));
    task.cpu.memory.store32(a[3] + 4, added(task, both[1], a[1]));
    return 0;
  }

  private long bind(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    Address address = SocketAddresses.read(task, a[1], a[2], socket.socketKind().family());
    if (!(socket instanceof UnixSocket unix)) {
      socket.bind(address, Sockets.caller(task));
      return 0;
    }
    if (!(address instanceof UnixAddress name)) {
      throw new SysError(Errno.EINVAL);
    }
    if (name.isUnnamed() || name.isAbstract()) {
      socket.bind(name, Sockets.caller(task));
    } else {
      bindPath(task, unix, name);
    }
    return 0;
  }

  private static void bindPath(Task task, UnixSocket socket, UnixAddress name) {
    String path = GuestText.of(name.bytes());
    PathWalk.Place place = Guest.walk(task, Flags.AT_FDCWD, path, false);
    if (place.node() != null || place.parent() == null) {
      throw new SysError(Errno.EADDRINUSE);
    }
    if (place.mustBeDirectory()) {
      throw new SysError(Errno.ENOENT);
    }
    socket.checkUnnamed();
    int mode = task.process.view.masked(0777);
    Rights.checkAddition(task, place.parent());
    socket.bind(name, place.parent().createSocket(place.name(), mode));
    Rights.own(task, place, place.parent().lookup(place.name()), mode);
  }

  private long listen(Task task, long[] a) {
    Sockets.of(task, a[0]).listen((int) a[1], Sockets.caller(task));
    return 0;
  }

  private long accept(Task task, long[] a, int flags) {
    checkFlags(flags);
    Socket socket = Sockets.of(task, a[0]);
    task.process.files.checkRoom(1);
    Socket end = socket.accept();
    if (end == null) {
      long timeout = socket.options().receiveTimeout;
      throw Sockets.await(task, socket, kernel.clock, timeout, false, socket::canRead, null);
    }
    try {
      if (a[1] != 0) {
        byte[] name = SocketAddresses.bytes(end.peerName(), socket.socketKind().family());
        SocketAddresses.write(task, name, a[1], a[2]);
      }
      return added(task, end, flags);
    } finally {
      end.release(); // the descriptor holds it now
    }
  }

  private long connect(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    Address address = SocketAddresses.read(task, a[1], a[2], socket.socketKind().family());
    Credentials caller = Sockets.caller(task);
    if (socket instanceof UnixSocket unix && address instanceof UnixAddress) {
      UnixSocket to = Sockets.find(task, network, address, socket.socketKind().type());
      try {
        unix.connect(to, caller);
      } catch (SysError e) {
        if (e.errno != Errno.EAGAIN) {
          throw e;
        }
        long timeout = socket.options().sendTimeout;
        throw Sockets.await(
            task, socket, kernel.clock, timeout, false, () -> UnixStream.takesConnection(to), null);
      }
      return 0;
    }
    try {
      socket.connect(address, caller);
    } catch (SysError e) {
      if (e.errno != Errno.EINPROGRESS && !(e.errno == Errno.EALREADY && task.wait != null)) {
        throw e;
      }
      if (socket.isNonBlocking() || task.timedOut) {
        throw e;
      }
      long timeout = socket.options().sendTimeout;
      throw Sockets.await(
          task, socket, kernel.clock, timeout, false, () -> socket.canConnect(address), null);
    }
    return 0;
  }

  private static long name(Task task, long[] a, Address name) {
    int family = Sockets.of(task, a[0]).socketKind().family();
    SocketAddresses.write(task, SocketAddresses.bytes(name, family), a[1], a[2]);
    return 0;
  }

  private long shutdown(Task task, long[] a) {
    Socket socket = Sockets.of(task, a[0]);
    if (a[1] < SocketNumbers.SHUT_RD || a[1] > SocketNumbers.SHUT_RDWR) {
      throw new SysError(Errno.EINVAL);
    }
    socket.shutdown((int) a[1]);
    return 0;
  }
}
