package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The ports of one protocol, and the sockets that have them. */
final class Ports {
  private static final int FIRST_FREE = 32_768;
  private static final int LAST_FREE = 60_999;

  private final Map<Integer, List<InetSocket>> ports = new HashMap<>();
  private int last = FIRST_FREE - 1;

  /** Gives a socket a port of an address; fails with EADDRINUSE if that is not free. */
  void add(InetSocket socket, Endpoint at) {
    for (InetSocket other : all(at.port())) {
      if (overlaps(socket, at.ip(), other) && !share(socket, other)) {
        throw new SysError(Errno.EADDRINUSE);
      }
    }
    ports.computeIfAbsent(at.port(), key -> new ArrayList<>()).add(socket);
  }

  /** A port that no socket has; fails with EADDRINUSE if there is none. */
  int free() {
    for (int i = FIRST_FREE; i <= LAST_FREE; i++) {
      last = last >= LAST_FREE ? FIRST_FREE : last + 1;
      if (!ports.containsKey(last)) {
        return last;
      }
    }
    throw new SysError(Errno.EADDRINUSE);
  }

  void remove(InetSocket socket, int port) {
    List<InetSocket> sockets = ports.get(port);
    if (sockets != null) {
      sockets.remove(socket);
      if (sockets.isEmpty()) {
        ports.remove(port);
      }
    }
  }

  private List<InetSocket> all(int port) {
    return ports.getOrDefault(port, List.of());
  }

  private static boolean overlaps(InetSocket socket, Ip ip, InetSocket other) {
    Ip theirs = other.local.ip();
    return ip.equals(theirs)
        || ip.isAny() && covers(ip, socket, theirs)
        || theirs.isAny() && covers(theirs, other, ip);
  }

  /** Whether a socket with an address that stands for all has this one too. */
  private static boolean covers(Ip any, InetSocket socket, Ip ip) {
    boolean v4 = ip.isV4();
    return any.isV4() ? v4 : !v4 || !socket.isV6Only();
  }

  private static boolean share(InetSocket one, InetSocket other) {
    boolean ports = both(one, other, SocketNumbers.SO_REUSEPORT);
    boolean listens = one.isListening() || other.isListening();
    return ports || both(one, other, SocketNumbers.SO_REUSEADDR) && !listens;
  }

  private static boolean both(InetSocket one, InetSocket other, int option) {
    return one.options().is(SocketNumbers.SOL_SOCKET, option)
        && other.options().is(SocketNumbers.SOL_SOCKET, option);
  }

  /** Fails with EADDRINUSE if somebody else listens where a socket is about to. */
  void checkListens(InetSocket socket) {
    for (InetSocket other : all(socket.local.port())) {
      boolean taken = other != socket && other.isListening();
      if (taken
          && overlaps(socket, socket.local.ip(), other)
          && !both(socket, other, SocketNumbers.SO_REUSEPORT)) {
        throw new SysError(Errno.EADDRINUSE);
      }
    }
  }

  /** The socket that best takes what comes to an address; null if none does. */
  InetSocket find(Endpoint to, Predicate<InetSocket> takes) {
    InetSocket best = null;
    for (InetSocket socket : all(to.port())) {
      Ip ip = socket.local.ip();
      boolean exact = ip.equals(to.ip());
      if ((exact || ip.isAny() && covers(ip, socket, to.ip())) && takes.test(socket)) {
        if (best == null || rank(socket, exact) > rank(best, best.local.ip().equals(to.ip()))) {
          best = socket;
        }
      }
    }
    return best;
  }

  private static int rank(InetSocket socket, boolean exact) {
    return (socket.remote != null ? 4 : 0)
        + (exact ? 2 : 0)
        + (socket.socketKind().family() == SocketNumbers.AF_INET ? 1 : 0);
  }
}
