package dev.axon64.system.net;

import dev.axon64.system.device.Outside;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A router between the guest and the host's sockets: ARP, DHCP, a name server, echoes of itself,
 * and TCP and UDP to wherever the host can connect. The guest may send anything: what is damaged is
 * dropped. One thread at a time.
 */
public final class UserNetwork implements Outside, AutoCloseable {
  /** The most frames that wait for room in the guest. */
  private static final int MOST_WAITING = 256;

  /** TCP leaves this many places for others. */
  private static final int RESERVED = 64;

  private static final int ARP_LENGTH = 28;
  private static final int ARP_HEADER = 0x0001_0800;
  private static final int ECHO = 8;
  private static final long TICK = 100_000_000L;

  private static final int OPTIONS = 8;

  private static final byte[] MAC = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};

  private record Waiting(byte[] frame, int segment) {}

  private final Selector selector;
  private final TcpTable tcp;
  private final UdpTable udp;
  private final Receiver guest;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final byte[] mac = MAC.clone();
  private long lastTick;

  /** Makes the network of a guest. */
  public UserNetwork(Receiver guest) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.guest = guest;
    Addresses addresses = new Addresses();
    tcp = new TcpTable(addresses, selector, new TcpSender(), guest);
    udp = new UdpTable(addresses, selector, this::sendDatagram);
  }

  /** The address that the guest's interface has at first. */
  public static byte[] guestMac() {
    return MAC.clone();
  }

  /**
   * Leads a port of the host's loopback to the guest.
   *
   * @return the port's number
   * @throws dev.axon64.codegen.support.InputException if it is not free
   */
  public int forward(Forward forward) {
    return tcp.open(forward);
  }

  /** Takes a frame that the guest sends. */
  public void receive(byte[] bytes) {
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    if (bytes.length < Packets.ETHERNET) {
      return;
    }
    frame.get(6, mac);
    int type = frame.getShort(12) & 0xffff;
    if (type == Packets.ARP_TYPE) {
      arp(frame);
    } else if (type == Packets.IP_TYPE) {
      IpPacket.of(frame).ifPresent(this::receive);
    }
  }

  private void arp(ByteBuffer frame) {
    int at = Packets.ETHERNET;
    if (frame.limit() < at + ARP_LENGTH
        || frame.getInt(at) != ARP_HEADER
        || frame.getShort(at + 6) != 1) {
      return;
    }
    int asked = frame.getInt(at + 24);
    if (asked != Addresses.HOST && asked != Addresses.NAMES) {
      return;
    }
    ByteBuffer answer = Packets.frame(mac, Packets.ARP_TYPE, ARP_LENGTH);
    answer.putInt(ARP_HEADER).putInt(0x0604_0002).put(Packets.OWN).putInt(asked);
    answer.put(frame.slice(at + 8, 10));
    send(answer, 0);
  }

  private void receive(IpPacket packet) {
    long now = System.nanoTime();
    switch (packet.protocol()) {
      case Packets.TCP_PROTOCOL -> {
        if (packet.has(Packets.TCP)) {
          tcp.receive(packet, now);
        }
      }
      case Packets.UDP_PROTOCOL -> {
        if (packet.has(Packets.UDP)) {
          udp.receive(packet, now);
        }
      }
      case Packets.ICMP_PROTOCOL -> echo(packet);
      default -> {
        // nobody is there
      }
    }
  }

  private void echo(IpPacket packet) {
    ByteBuffer asked = packet.payload();
    boolean own = packet.to() == Addresses.HOST || packet.to() == Addresses.NAMES;
    if (!own || asked.limit() < 8 || asked.get(0) != ECHO || asked.limit() > Packets.LONGEST) {
      return;
    }
    ByteBuffer answer =
        Packets.ip(mac, packet.to(), packet.from(), Packets.ICMP_PROTOCOL, asked.limit());
    int at = answer.position();
    answer.put(asked.duplicate()).put(at, (byte) 0).putShort(at + 2, (short) 0);
    int sum = Packets.checksum(Packets.sum(answer, at, asked.limit()));
    answer.putShort(at + 2, (short) sum);
    send(answer, 0);
  }

  private void sendDatagram(int from, int fromPort, int toPort, byte[] payload) {
    int to = toPort == Dhcp.CLIENT ? -1 : Addresses.GUEST;
    for (ByteBuffer part : Packets.udp(mac, from, fromPort, to, toPort, payload)) {
      send(part, 0);
    }
  }

  private final class TcpSender implements TcpConnection.Sender {
    @Override
    public boolean hasRoom() {
      return waiting.size() < MOST_WAITING - RESERVED;
    }

    @Override
    public void send(
        TcpConnection.Ends ends, TcpConnection.Header fields, ByteRing data, int offset, int size) {
      boolean greets = (fields.flags() & TcpSegment.SYN) != 0;
      int header = Packets.TCP + (greets ? OPTIONS : 0);
      int length = header + size;
      ByteBuffer frame =
          Packets.ip(mac, ends.address(), Addresses.GUEST, Packets.TCP_PROTOCOL, length);
      int at = frame.position();
      frame.putShort((short) ends.port()).putShort((short) ends.guestPort());
      frame.putInt(fields.sequence()).putInt(fields.acknowledged());
      frame.put((byte) (header / 4 << 4)).put((byte) fields.flags());
      frame.putShort((short) fields.window()).putInt(0);
      if (greets) {
        int mss = Packets.LONGEST - Packets.IP - Packets.TCP;
        frame.put((byte) TcpSegment.MSS_OPTION).put((byte) 4).putShort((short) mss);
        if (fields.scale() >= 0) {
          frame.put((byte) TcpSegment.SCALE_OPTION).put((byte) 3).put((byte) fields.scale());
        }
        frame.position(at + header);
      }
      if (size > 0) {
        data.copy(offset, frame, size);
      }
      long pseudo = Packets.pseudo(ends.address(), Addresses.GUEST, Packets.TCP_PROTOCOL, length);
      boolean cut = size > fields.segment();
      int sum =
          cut ? Packets.folded(pseudo) : Packets.checksum(pseudo + Packets.sum(frame, at, length));
      frame.putShort(at + 16, (short) sum);
      UserNetwork.this.send(frame, cut ? fields.segment() : 0);
    }
  }

  private void send(ByteBuffer frame, int segment) {
    if (!waiting.isEmpty() || !guest.receive(frame.array(), segment)) {
      if (waiting.size() < MOST_WAITING) {
        waiting.add(new Waiting(frame.array(), segment));
      }
    }
  }

  @Override
  public boolean look() {
    return look(0);
  }

  @Override
  public void await(long nanoseconds) {
    long most = Math.min(nanoseconds, TICK);
    look(Math.max(1, TimeUnit.NANOSECONDS.toMillis(most)));
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  private boolean look(long milliseconds) {
    try {
      boolean held = !waiting.isEmpty();
      while (!waiting.isEmpty() && guest.receive(waiting.peek().frame, waiting.peek().segment)) {
        waiting.remove();
      }
      long now = System.nanoTime();
      if (now - lastTick > TICK || held) {
        lastTick = now;
        tcp.tick(now);
        udp.tick(now);
      }
      int ready =
          milliseconds == 0
              ? selector.selectNow(this::serve)
              : selector.select(this::serve, milliseconds);
      return ready > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) {
    long now = System.nanoTime();
    Object attachment = key.attachment();
    if (attachment instanceof TcpConnection connection) {
      tcp.ready(connection, now);
    } else if (attachment instanceof Forward forward) {
      try {
        tcp.accept((ServerSocketChannel) key.channel(), forward, now);
      } catch (IOException e) {
        // whoever called is gone
      }
    } else if (UdpTable.isPort(attachment)) {
      udp.ready(attachment, now);
    }
  }

  /** Closes all sockets. */
  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
