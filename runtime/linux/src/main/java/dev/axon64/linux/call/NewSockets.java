package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.NetlinkSocket;
import dev.axon64.linux.net.Network;
import dev.axon64.linux.net.Socket;
import dev.axon64.linux.net.UnixSocket;

/** Makes sockets of the families, types and protocols that there are. */
final class NewSockets {
  private static final int FAMILIES = 46;
  private static final int TYPES = 11;

  private NewSockets() {}

  static Socket of(Network network, int family, int type, int protocol) {
    checkNumbers(family, type);
    return switch (family) {
      case SocketNumbers.AF_UNIX -> UnixSocket.create(network, unixType(type, protocol));
      case SocketNumbers.AF_INET, SocketNumbers.AF_INET6 -> inet(network, family, type, protocol);
      case SocketNumbers.AF_NETLINK -> netlink(network, type, protocol);
      default -> throw new SysError(Errno.EAFNOSUPPORT);
    };
  }

  private static Socket netlink(Network network, int type, int protocol) {
    if (type != SocketNumbers.SOCK_RAW && type != SocketNumbers.SOCK_DGRAM) {
      throw new SysError(Errno.ESOCKTNOSUPPORT);
    }
    if (protocol != 0) {
      throw new SysError(Errno.EPROTONOSUPPORT);
    }
    return new NetlinkSocket(network, type);
  }

  private static Socket inet(Network network, int family, int type, int protocol) {
    int usual =
        switch (type) {
          case SocketNumbers.SOCK_STREAM -> SocketNumbers.SOL_TCP;
          case SocketNumbers.SOCK_DGRAM -> SocketNumbers.SOL_UDP;
          case SocketNumbers.SOCK_RAW -> throw new SysError(Errno.EPERM);
          default -> throw new SysError(Errno.ESOCKTNOSUPPORT);
        };
    boolean lite =
        type == SocketNumbers.SOCK_DGRAM
            && protocol == SocketNumbers.SOL_UDPLITE
            && network.host() == null;
    if (protocol != 0 && protocol != usual && !lite) {
      throw new SysError(Errno.EPROTONOSUPPORT);
    }
    return network.newInetSocket(family, lite ? protocol : usual);
  }

  private static void checkNumbers(int family, int type) {
    if (family < 0 || family >= FAMILIES) {
      throw new SysError(Errno.EAFNOSUPPORT);
    }
    if (type >= TYPES) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private static int unixType(int type, int protocol) {
    if (protocol != 0 && protocol != SocketNumbers.AF_UNIX) {
      throw new SysError(Errno.EPROTONOSUPPORT);
    }
    return switch (type) {
      case SocketNumbers.SOCK_STREAM, SocketNumbers.SOCK_DGRAM, SocketNumbers.SOCK_SEQPACKET ->
          type;
      case SocketNumbers.SOCK_RAW -> SocketNumbers.SOCK_DGRAM;
      default -> throw new SysError(Errno.ESOCKTNOSUPPORT);
    };
  }

  /** The type that two connected sockets get; fails where no two can be made. */
  static int checkPair(int family, int type, int protocol) {
    checkNumbers(family, type);
    if (family == SocketNumbers.AF_UNIX) {
      return unixType(type, protocol);
    }
    boolean known =
        family == SocketNumbers.AF_INET
            || family == SocketNumbers.AF_INET6
            || family == SocketNumbers.AF_NETLINK;
    throw new SysError(known ? Errno.EOPNOTSUPP : Errno.EAFNOSUPPORT);
  }
}
