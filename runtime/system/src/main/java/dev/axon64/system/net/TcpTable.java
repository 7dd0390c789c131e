package dev.axon64.system.net;

import dev.axon64.codegen.support.InputException;
import dev.axon64.system.net.TcpConnection.Ends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All connections of the guest, and the ports of the host that lead to it. */
final class TcpTable {
  /** The most connections at a time. */
  private static final int MOST = 256;

  private static final int FIRST_OWN_PORT = 49152;
  private static final int PORTS = 65536;

  private final Addresses addresses;
  private final Selector selector;
  private final TcpConnection.Sender sender;
  private final Receiver guest;
  private final Map<Ends, TcpConnection> connections = new HashMap<>();
  private int lastPort = FIRST_OWN_PORT;

  TcpTable(Addresses addresses, Selector selector, TcpConnection.Sender sender, Receiver guest) {
    this.addresses = addresses;
    this.selector = selector;
    this.sender = sender;
    this.guest = guest;
  }

  /**
   * Opens a port of the host's loopback.
   *
   * @return its number
   * @throws InputException if it is not free
   */
  int open(Forward forward) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), forward.hostPort()));
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT, forward);
      return ((InetSocketAddress) server.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new InputException(
          "port " + forward.hostPort(), "cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Somebody has connected to a port that leads to the guest. */
  void accept(ServerSocketChannel server, Forward forward, long now) throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    Optional<Ends> ends = free(forward.guestPort());
    if (connections.size() >= MOST || ends.isEmpty()) {
      channel.close();
      return;
    }
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, 0);
    connections.put(
        ends.get(), TcpConnection.calling(ends.get(), key, sender, guest.longest(), now));
  }

  private Optional<Ends> free(int guestPort) {
    for (int i = 0; i < MOST + 1; i++) {
      lastPort = lastPort + 1 < PORTS ? lastPort + 1 : FIRST_OWN_PORT;
      Ends ends = new Ends(guestPort, Addresses.HOST, lastPort);
      if (!connections.containsKey(ends)) {
        return Optional.of(ends);
      }
    }
    return Optional.empty();
  }

  /** A packet of TCP has come from the guest. */
  void receive(IpPacket packet, long now) {
    Optional<TcpSegment> read = TcpSegment.of(packet.payload());
    if (read.isEmpty()) {
      return;
    }
    TcpSegment segment = read.get();
    Ends ends = new Ends(packet.fromPort(), packet.to(), packet.toPort());
    TcpConnection known = connections.get(ends);
    if (known != null) {
      known.receive(segment, now);
      forget(known);
    } else if (segment.has(TcpSegment.SYN) && !segment.has(TcpSegment.ACK)) {
      call(ends, segment);
    } else if (!segment.has(TcpSegment.RST)) {
      refuse(ends, segment);
    }
  }

  private void call(Ends ends, TcpSegment segment) {
    Optional<InetSocketAddress> to = addresses.outside(ends.address(), ends.port());
    if (to.isEmpty() || ends.port() == 0 || connections.size() >= MOST) {
      refuse(ends, segment);
      return;
    }
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      TcpConnection connection = TcpConnection.asked(ends, key, sender, guest.longest(), segment);
      connections.put(ends, connection);
      if (channel.connect(to.get())) {
        connection.connected(System.nanoTime());
      }
      forget(connection);
    } catch (IOException e) {
      close(channel);
      connections.remove(ends);
      refuse(ends, segment);
    }
  }

  private static void close(SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // it is gone, as it should be
      }
    }
  }

  /** Tells the guest that there is no such connection. */
  private void refuse(Ends ends, TcpSegment segment) {
    int length =
        segment.length()
            + (segment.has(TcpSegment.SYN) ? 1 : 0)
            + (segment.has(TcpSegment.FIN) ? 1 : 0);
    int own = segment.has(TcpSegment.ACK) ? segment.acknowledged() : 0;
    sender.send(
        ends,
        new TcpConnection.Header(
            own, segment.sequence() + length, TcpSegment.RST | TcpSegment.ACK, 0, -1, 0),
        null,
        0,
        0);
  }

  /** A connection's socket is ready. */
  void ready(TcpConnection connection, long now) {
    connection.ready(now);
    forget(connection);
  }

  private void forget(TcpConnection connection) {
    if (connection.isClosed()) {
      connections.remove(connection.ends(), connection);
    }
  }

  /** Goes on with what waited for time to pass, or for room. */
  void tick(long now) {
    if (connections.isEmpty()) {
      return;
    }
    for (TcpConnection connection : List.copyOf(connections.values())) {
      connection.transmit();
      connection.tick(now);
      forget(connection);
    }
  }
}
