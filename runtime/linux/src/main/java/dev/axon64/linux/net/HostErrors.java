package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.util.Locale;
import java.util.Map;

/** Errors and addresses of the host's network as the guest's. */
final class HostErrors {
  /** Error numbers by what the host's messages say. */
  private static final Map<String, Integer> MESSAGES =
      Map.ofEntries(
          Map.entry("address already in use", Errno.EADDRINUSE),
          Map.entry("cannot assign requested address", Errno.EADDRNOTAVAIL),
          Map.entry("permission denied", Errno.EACCES),
          Map.entry("refused", Errno.ECONNREFUSED),
          Map.entry("reset", Errno.ECONNRESET),
          Map.entry("broken pipe", Errno.EPIPE),
          Map.entry("timed out", Errno.ETIMEDOUT),
          Map.entry("network is unreachable", Errno.ENETUNREACH),
          Map.entry("no route to host", Errno.EHOSTUNREACH),
          Map.entry("message too long", Errno.EMSGSIZE),
          Map.entry("too many open files", Errno.EMFILE),
          Map.entry("not supported", Errno.EAFNOSUPPORT),
          Map.entry("invalid argument", Errno.EINVAL));

  private HostErrors() {}

  /** The error number of a failure. */
  static int number(Exception e) {
    if (e instanceof PortUnreachableException) {
      return Errno.ECONNREFUSED;
    }
    if (e instanceof ClosedChannelException) {
      return Errno.EPIPE;
    }
    if (e instanceof NotYetConnectedException) {
      return Errno.ENOTCONN;
    }
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    for (Map.Entry<String, Integer> each : MESSAGES.entrySet()) {
      if (message.contains(each.getKey())) {
        return each.getValue();
      }
    }
    return Errno.EIO;
  }

  static SysError error(Exception e) {
    return new SysError(number(e));
  }

  /** Does something with the host's network, whose failures become the guest's. */
  static <T> T trying(Action<T> action) {
    try {
      return action.run();
    } catch (IOException | RuntimeException e) {
      if (e instanceof SysError mine) {
        throw mine;
      }
      throw error(e);
    }
  }

  /** Something that the host may refuse. */
  interface Action<T> {
    T run() throws IOException;
  }

  /** An address of the guest's for the host. */
  static InetSocketAddress toHost(Endpoint end) {
    try {
      byte[] ip = end.ip().bytes();
      byte[] four = {ip[12], ip[13], ip[14], ip[15]};
      return new InetSocketAddress(
          InetAddress.getByAddress(end.ip().isV4() ? four : ip), end.port());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e); // both lengths are right
    }
  }

  /** An address of the host's for the guest; null for none. */
  static Endpoint toGuest(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? new Endpoint(Ip.of(inet.getAddress().getAddress()), inet.getPort())
        : null;
  }
}
