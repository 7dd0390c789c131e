package dev.axon64.system.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A socket of the host for each port that the guest sends datagrams from. */
final class UdpTable {
  private static final int MOST = 256;
  private static final int MOST_PEERS = 256;
  private static final int LONGEST = 1 << 16;
  private static final long IDLE = 60_000_000_000L;

  /** Sends datagrams to the guest. */
  interface Sender {
    /** Sends one, from the outside's address as the guest knows it. */
    void send(int from, int fromPort, int toPort, byte[] payload);
  }

  /** A port of the guest, and whom it has spoken to; only those can answer. */
  private static final class Port {
    final int number;
    final SelectionKey key;
    final Map<SocketAddress, Integer> peers = new LinkedHashMap<>();
    long lastUse;

    Port(int number, SelectionKey key) {
      this.number = number;
      this.key = key;
      key.attach(this);
    }

    DatagramChannel channel() {
      return (DatagramChannel) key.channel();
    }
  }

  private final Addresses addresses;
  private final Selector selector;
  private final Sender sender;
  private final Map<Integer, Port> ports = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST);

  UdpTable(Addresses addresses, Selector selector, Sender sender) {
    this.addresses = addresses;
    this.selector = selector;
    this.sender = sender;
  }

  /** A datagram has come from the guest. */
  void receive(IpPacket packet, long now) {
    int length = packet.payload().getShort(4) & 0xffff;
    if (length < Packets.UDP || length > packet.payload().limit()) {
      return;
    }
    ByteBuffer payload = packet.payload().slice(Packets.UDP, length - Packets.UDP);
    if (packet.toPort() == Dhcp.SERVER && packet.fromPort() == Dhcp.CLIENT) {
      byte[] answer = Dhcp.answer(payload);
      if (answer != null) {
        sender.send(Addresses.HOST, Dhcp.SERVER, Dhcp.CLIENT, answer);
      }
      return;
    }
    Optional<InetSocketAddress> to = addresses.outside(packet.to(), packet.toPort());
    if (to.isEmpty() || packet.toPort() == 0) {
      return;
    }
    try {
      Port port = port(packet.fromPort());
      if (port != null && (port.peers.size() < MOST_PEERS || port.peers.containsKey(to.get()))) {
        port.peers.put(to.get(), packet.to());
        port.lastUse = now;
        port.channel().send(payload, to.get());
      }
    } catch (IOException e) {
      // lost, as datagrams may be
    }
  }

  private Port port(int number) throws IOException {
    Port known = ports.get(number);
    if (known != null || ports.size() >= MOST) {
      return known;
    }
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    channel.bind(null);
    Port port = new Port(number, channel.register(selector, SelectionKey.OP_READ));
    ports.put(number, port);
    return port;
  }

  /** Whether something is attached to a key of these. */
  static boolean isPort(Object attachment) {
    return attachment instanceof Port;
  }

  /** Datagrams have come for the guest. */
  void ready(Object attachment, long now) {
    Port port = (Port) attachment;
    try {
      for (int i = 0; i < 16; i++) {
        buffer.clear();
        SocketAddress from = port.channel().receive(buffer);
        if (from == null) {
          return;
        }
        Integer known = port.peers.get(from);
        if (known != null) {
          port.lastUse = now;
          byte[] payload = new byte[buffer.flip().limit()];
          buffer.get(payload);
          sender.send(known, ((InetSocketAddress) from).getPort(), port.number, payload);
        }
      }
    } catch (IOException e) {
      // lost, as datagrams may be
    }
  }

  /** Closes what was not used for long. */
  void tick(long now) {
    ports.values().removeIf(port -> now - port.lastUse > IDLE && isClosed(port));
  }

  private static boolean isClosed(Port port) {
    port.key.cancel();
    try {
      port.channel().close();
    } catch (IOException e) {
      // it is gone, as it should be
    }
    return true;
  }
}
