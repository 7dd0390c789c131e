package dev.axon64.linux.net;

import dev.axon64.linux.abi.SocketNumbers;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** What lets others connect to a socket of the host's network. */
final class HostListener {
  private final HostNet host;
  private final ServerSocketChannel server;
  private final SelectionKey key;

  /** The next connection, if one was looked for and there was one. */
  private SocketChannel arrived;

  /** Listens at an address in place of a socket, which is told of connections. */
  HostListener(HostNet host, HostStream socket, ProtocolFamily family, Endpoint at, int backlog)
      throws IOException {
    this.host = host;
    server = ServerSocketChannel.open(family);
    try {
      SocketOptions options = socket.options();
      boolean reuse = options.is(SocketNumbers.SOL_SOCKET, SocketNumbers.SO_REUSEADDR);
      server.setOption(StandardSocketOptions.SO_REUSEADDR, reuse);
      if (options.is(SocketNumbers.SOL_SOCKET, SocketNumbers.SO_REUSEPORT)) {
        server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      server.bind(HostErrors.toHost(at), Math.clamp(backlog & 0xffffffffL, 1, 4096));
      key = host.register(server, socket);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  Endpoint name() throws IOException {
    return HostErrors.toGuest(server.getLocalAddress());
  }

  /** Whether a connection waits; if not, the socket is told of the next. */
  boolean hasArrived() {
    if (arrived == null) {
      arrived = HostErrors.trying(server::accept);
    }
    if (arrived == null) {
      host.await(key, SelectionKey.OP_ACCEPT);
    }
    return arrived != null;
  }

  /** The connection that waits. */
  SocketChannel take() {
    SocketChannel taken = arrived;
    arrived = null;
    return taken;
  }

  void close() {
    host.close(key);
    if (arrived != null) {
      HostErrors.trying(
          () -> {
            arrived.close();
            return null;
          });
    }
  }
}
