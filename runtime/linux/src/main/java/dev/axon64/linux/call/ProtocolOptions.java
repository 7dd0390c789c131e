package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Options of the Internet's protocols: they are accepted and remembered; few have an effect. */
final class ProtocolOptions {
  private static final int LAST_IP = 52;
  private static final int LAST_IPV6 = 80;
  private static final int LAST_TCP = 44;

  private ProtocolOptions() {}

  private static void check(Socket socket, int level, int name, int unknownLevel) {
    int family = socket.socketKind().family();
    if (family == SocketNumbers.AF_NETLINK && level == SocketNumbers.SOL_NETLINK) {
      return;
    }
    boolean inet = family == SocketNumbers.AF_INET || family == SocketNumbers.AF_INET6;
    if (!inet) {
      throw new SysError(family == SocketNumbers.AF_UNIX ? Errno.EOPNOTSUPP : Errno.ENOPROTOOPT);
    }
    boolean stream = socket.socketKind().type() == SocketNumbers.SOCK_STREAM;
    boolean known =
        switch (level) {
          case SocketNumbers.SOL_IP -> name > 0 && name <= LAST_IP;
          case SocketNumbers.SOL_IPV6 ->
              family == SocketNumbers.AF_INET6 && name > 0 && name <= LAST_IPV6;
          case SocketNumbers.SOL_TCP -> stream && name > 0 && name <= LAST_TCP;
          case SocketNumbers.SOL_UDP -> !stream && name > 0;
          case SocketNumbers.SOL_UDPLITE ->
              socket.socketKind().protocol() == SocketNumbers.SOL_UDPLITE && name > 0;
          default -> throw new SysError(unknownLevel);
        };
    if (!known) {
      throw new SysError(Errno.ENOPROTOOPT);
    }
  }

  static int get(Socket socket, int level, int name) {
    boolean v4 = socket.socketKind().family() == SocketNumbers.AF_INET;
    check(socket, level, name, v4 ? Errno.EOPNOTSUPP : Errno.ENOPROTOOPT);
    return socket.options().get(level, name, usual(level, name));
  }

  /** What an option is that nobody has set. */
  private static int usual(int level, int name) {
    return switch (level) {
      case SocketNumbers.SOL_IP ->
          switch (name) {
            case 2 -> 64; // IP_TTL
            case 10 -> 1; // IP_MTU_DISCOVER
            case 14 -> 65_535; // IP_MTU
            case 33, 34 -> 1; // IP_MULTICAST_TTL, IP_MULTICAST_LOOP
            default -> 0;
          };
      case SocketNumbers.SOL_IPV6 ->
          switch (name) {
            case 16 -> 64; // IPV6_UNICAST_HOPS
            case 18, 19 -> 1; // IPV6_MULTICAST_HOPS, IPV6_MULTICAST_LOOP
            case 24 -> 65_536; // IPV6_MTU
            default -> 0;
          };
      case SocketNumbers.SOL_TCP ->
          switch (name) {
            case 2 -> 32_768; // TCP_MAXSEG
            case 4 -> 7200; // TCP_KEEPIDLE
            case 5 -> 75; // TCP_KEEPINTVL
            case 6 -> 9; // TCP_KEEPCNT
            case 7 -> 6; // TCP_SYNCNT
            case 8 -> 60; // TCP_LINGER2
            case 10 -> 65_536; // TCP_WINDOW_CLAMP
            case 12 -> 1; // TCP_QUICKACK
            default -> 0;
          };
      default -> 0;
    };
  }

  static void set(Socket socket, int level, int name, byte[] value) {
    check(socket, level, name, Errno.ENOPROTOOPT);
    if (level == SocketNumbers.SOL_TCP && name == TcpDetails.TCP_CONGESTION) {
      socket.options().set(level, name, TcpDetails.congestion(value));
      return;
    }
    boolean byteEnough = level == SocketNumbers.SOL_IP && value.length > 0;
    if (value.length < Integer.BYTES && !byteEnough) {
      throw new SysError(Errno.EINVAL);
    }
    int number =
        value.length < Integer.BYTES
            ? value[0] & 0xff
            : ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (level == SocketNumbers.SOL_IPV6 && name == SocketNumbers.IPV6_V6ONLY) {
      socket.checkUnbound();
      number = number != 0 ? 1 : 0;
    }
    if (level == SocketNumbers.SOL_TCP && name <= 3 && name != 2) {
      number = number != 0 ? 1 : 0; // TCP_NODELAY, TCP_CORK
    }
    socket.options().set(level, name, number);
    socket.optionSet(level, name, number);
  }
}
