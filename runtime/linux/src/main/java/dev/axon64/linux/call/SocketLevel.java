package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Credentials;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.SocketOptions;
import dev.axon64.linux.net.UnixSocket;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;

/** The options of all sockets that are numbers (SOL_SOCKET). */
final class SocketLevel {
  private static final int LEVEL = SocketNumbers.SOL_SOCKET;

  /** The highest priority that a user may give. */
  private static final int MOST_PRIORITY = 6;

  private SocketLevel() {}

  static int get(Socket socket, int name) {
    SocketOptions options = socket.options();
    return switch (name) {
      case SocketNumbers.SO_TYPE -> socket.socketKind().type();
      case SocketNumbers.SO_DOMAIN -> socket.socketKind().family();
      case SocketNumbers.SO_PROTOCOL -> socket.socketKind().protocol();
      case SocketNumbers.SO_ERROR -> socket.takeError();
      case SocketNumbers.SO_ACCEPTCONN -> socket.isListening() ? 1 : 0;
      case SocketNumbers.SO_SNDBUF -> options.sendBuffer();
      case SocketNumbers.SO_RCVBUF -> options.receiveBuffer();
      case SocketNumbers.SO_RCVLOWAT -> options.get(LEVEL, name, 1);
      case SocketNumbers.SO_SNDLOWAT -> 1;
      case SocketNumbers.SO_INCOMING_CPU -> 0;
      case SocketNumbers.SO_REUSEADDR,
          SocketNumbers.SO_REUSEPORT,
          SocketNumbers.SO_KEEPALIVE,
          SocketNumbers.SO_BROADCAST,
          SocketNumbers.SO_OOBINLINE,
          SocketNumbers.SO_PASSCRED,
          SocketNumbers.SO_PASSSEC,
          SocketNumbers.SO_DEBUG,
          SocketNumbers.SO_DONTROUTE,
          SocketNumbers.SO_TIMESTAMP,
          SocketNumbers.SO_BUSY_POLL,
          SocketNumbers.SO_MARK,
          SocketNumbers.SO_ZEROCOPY,
          SocketNumbers.SO_PRIORITY ->
          options.get(LEVEL, name, 0);
      default -> throw new SysError(Errno.ENOPROTOOPT);
    };
  }

  static void set(Task task, Socket socket, int name, int value) {
    SocketOptions options = socket.options();
    switch (name) {
      case SocketNumbers.SO_SNDBUF, SocketNumbers.SO_SNDBUFFORCE -> options.setSendBuffer(value);
      case SocketNumbers.SO_RCVBUF, SocketNumbers.SO_RCVBUFFORCE -> options.setReceiveBuffer(value);
      case SocketNumbers.SO_REUSEADDR,
          SocketNumbers.SO_REUSEPORT,
          SocketNumbers.SO_KEEPALIVE,
          SocketNumbers.SO_BROADCAST,
          SocketNumbers.SO_OOBINLINE,
          SocketNumbers.SO_PASSCRED,
          SocketNumbers.SO_PASSSEC,
          SocketNumbers.SO_DONTROUTE,
          SocketNumbers.SO_TIMESTAMP,
          SocketNumbers.SO_ZEROCOPY ->
          options.set(LEVEL, name, value != 0 ? 1 : 0);
      case SocketNumbers.SO_RCVLOWAT -> options.set(LEVEL, name, Math.max(1, value));
      case SocketNumbers.SO_PRIORITY -> {
        if ((value < 0 || value > MOST_PRIORITY) && task.identity.user().effective() != 0) {
          throw new SysError(Errno.EPERM);
        }
        options.set(LEVEL, name, value);
      }
      case SocketNumbers.SO_DEBUG, SocketNumbers.SO_MARK, SocketNumbers.SO_BUSY_POLL -> {
        if (value != 0 && task.identity.user().effective() != 0) {
          throw new SysError(name == SocketNumbers.SO_DEBUG ? Errno.EACCES : Errno.EPERM);
        }
        options.set(LEVEL, name, value);
      }
      default -> throw new SysError(Errno.ENOPROTOOPT);
    }
    socket.optionSet(LEVEL, name, value);
  }

  /** Who is at the other end (struct ucred). */
  static byte[] peer(Socket socket) {
    Credentials peer =
        socket instanceof UnixSocket unix ? unix.peerCredentials() : Credentials.NONE;
    ByteBuffer b = Guest.struct(12);
    return b.putInt(0, peer.pid()).putInt(4, peer.uid()).putInt(8, peer.gid()).array();
  }
}
