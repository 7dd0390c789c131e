package dev.axon64.system.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a guest finds on its network. */
class UserNetworkTest {
  private static final byte[] NOTHING = {};
  private static final int PORT = 1000;

  private final Guest guest = new Guest();

  @AfterEach
  void close() {
    guest.network.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(TcpSegment segment) {
    byte[] data = new byte[segment.length()];
    segment.bytes().get(segment.data(), data);
    return new String(data, StandardCharsets.UTF_8);
  }

  private void send(int toPort, int sequence, int acknowledged, int flags, byte[] data) {
    guest.network.receive(
        Guest.segment(Addresses.HOST, PORT, toPort, sequence, acknowledged, flags, data));
  }

  @Test
  void arpFindsTheHost() {
    ByteBuffer asked = Packets.frame(new byte[6], Packets.ARP_TYPE, 28);
    asked.putInt(0x0001_0800).putInt(0x0604_0001).put(Guest.MAC).putInt(Addresses.GUEST);
    asked.put(new byte[6]).putInt(Addresses.HOST);
    guest.network.receive(asked.array());
    ByteBuffer answer = guest.next();
    assertEquals(2, answer.getShort(20));
    assertEquals(Addresses.HOST, answer.getInt(28));
    assertEquals(Addresses.GUEST, answer.getInt(38));
  }

  @Test
  void dhcpOffersAndGives() {
    for (int kind : new int[] {1, 3}) {
      ByteBuffer message = ByteBuffer.allocate(300);
      message.put((byte) 1).put((byte) 1).put((byte) 6).put((byte) 0).putInt(0x1234_5678);
      message.position(236).putInt(0x6382_5363).put((byte) 53).put((byte) 1).put((byte) kind);
      message.put((byte) 50).put((byte) 4).putInt(Addresses.GUEST).put((byte) 255);
      guest.network.receive(Guest.datagram(-1, Dhcp.CLIENT, Dhcp.SERVER, message.array()));
      ByteBuffer answer = IpPacket.of(guest.next()).orElseThrow().payload();
      assertEquals(0x1234_5678, answer.getInt(8 + 4));
      assertEquals(Addresses.GUEST, answer.getInt(8 + 16));
      assertEquals(kind == 1 ? 2 : 5, answer.get(8 + 242));
    }
  }

  @Test
  void pingReachesTheHostOnly() {
    byte[] asked = {8, 0, 0, 0, 1, 2, 3, 4, 5, 6};
    guest.network.receive(Guest.packet(Addresses.NETWORK | 77, Packets.ICMP_PROTOCOL, asked));
    guest.network.receive(Guest.packet(Addresses.HOST, Packets.ICMP_PROTOCOL, asked));
    ByteBuffer answer = IpPacket.of(guest.next()).orElseThrow().payload();
    assertEquals(0, answer.get(0));
    assertEquals(0x0506, answer.getShort(8));
    assertTrue(guest.frames.isEmpty());
  }

  @Test
  void datagramsGoThereAndBackInFragments() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      guest.network.receive(
          Guest.datagram(Addresses.HOST, PORT, server.getLocalPort(), bytes("question")));
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      server.setSoTimeout(20_000);
      server.receive(packet);
      assertEquals(
          "question", new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      byte[] answer = new byte[3000];
      answer[2999] = 7;
      server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      ByteBuffer first = guest.next();
      ByteBuffer last = first;
      int length = 0;
      while (true) {
        length += last.limit() - Packets.ETHERNET - Packets.IP;
        assertEquals(Addresses.HOST, last.getInt(26));
        if ((last.getShort(20) & 0x2000) == 0) {
          break;
        }
        last = guest.next();
      }
      assertEquals(Packets.UDP + answer.length, length);
      assertEquals(server.getLocalPort(), first.getShort(34) & 0xffff);
      assertEquals(7, last.get(last.limit() - 1));
    }
  }

  @Test
  void connectionCarriesBothWaysAndEnds() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      send(port, 100, 0, TcpSegment.SYN, NOTHING);
      TcpSegment answer = guest.nextSegment();
      assertEquals(TcpSegment.SYN | TcpSegment.ACK, answer.flags());
      assertEquals(101, answer.acknowledged());
      int own = answer.sequence() + 1;
      send(port, 101, own, TcpSegment.ACK, bytes("hello"));
      assertEquals(106, guest.nextSegment().acknowledged());
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(20_000);
        assertEquals("hello", new String(socket.getInputStream().readNBytes(5)));
        // What was there already is not taken twice, and what is behind a gap not at all.
        send(port, 104, own, TcpSegment.ACK, bytes("lo!"));
        assertEquals(107, guest.nextSegment().acknowledged());
        send(port, 120, own, TcpSegment.ACK, bytes("late"));
        assertEquals(107, guest.nextSegment().acknowledged());
        assertEquals('!', socket.getInputStream().read());
        socket.getOutputStream().write(bytes("world"));
        TcpSegment data = guest.nextSegment();
        assertEquals("world", text(data));
        // Not acknowledged: it comes again.
        assertEquals("world", text(guest.nextSegment()));
        send(port, 107, own + 5, TcpSegment.ACK, NOTHING);
        socket.shutdownOutput();
        TcpSegment end = guest.nextSegment();
        assertTrue(end.has(TcpSegment.FIN));
        send(port, 107, own + 6, TcpSegment.FIN | TcpSegment.ACK, NOTHING);
        assertEquals(108, guest.nextSegment().acknowledged());
        assertEquals(-1, socket.getInputStream().read());
      }
    }
  }

  @Test
  void windowsAreKept() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      send(port, 0, 0, TcpSegment.SYN, NOTHING);
      int own = guest.nextSegment().sequence() + 1;
      send(port, 1, own, TcpSegment.ACK, NOTHING);
      try (Socket socket = server.accept()) {
        byte[] much = new byte[100_000];
        for (int i = 0; i < much.length; i++) {
          much[i] = (byte) (i * 31 >> 3);
        }
        CompletableFuture<Void> writer =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    socket.getOutputStream().write(much);
                    socket.shutdownOutput();
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
        ByteBuffer got = ByteBuffer.allocate(much.length);
        boolean ended = false;
        int acknowledged = own;
        while (!ended) {
          TcpSegment segment = guest.nextSegment();
          if (segment.sequence() == acknowledged) {
            got.put(segment.bytes().slice(segment.data(), segment.length()));
            acknowledged += segment.length();
            ended = segment.has(TcpSegment.FIN);
            send(port, 1, acknowledged, TcpSegment.ACK, NOTHING);
          }
          assertTrue(segment.sequence() + segment.length() - acknowledged <= 0x4000);
        }
        assertArrayEquals(much, Arrays.copyOf(got.array(), got.position()));
        writer.join();
      }
    }
  }

  @Test
  void nobodyThereRefuses() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    send(port, 5, 0, TcpSegment.SYN, NOTHING);
    TcpSegment answer = guest.nextSegment();
    assertTrue(answer.has(TcpSegment.RST));
    assertEquals(6, answer.acknowledged());
    guest.network.receive(
        Guest.segment(Addresses.NETWORK | 99, PORT, 80, 5, 0, TcpSegment.SYN, NOTHING));
    assertTrue(guest.nextSegment().has(TcpSegment.RST));
  }

  @Test
  void portsLeadToTheGuest() throws IOException {
    int port = guest.network.forward(new Forward(0, 22));
    assertThrows(InputException.class, () -> guest.network.forward(new Forward(port, 22)));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      TcpSegment call = guest.nextSegment();
      assertEquals(TcpSegment.SYN, call.flags());
      assertEquals(22, call.bytes().getShort(2));
      int from = call.bytes().getShort(0) & 0xffff;
      guest.network.receive(
          Guest.segment(Addresses.HOST, 22, from, 50, call.sequence() + 1, 0x12, NOTHING));
      assertEquals(51, guest.nextSegment().acknowledged());
      guest.network.receive(
          Guest.segment(
              Addresses.HOST, 22, from, 51, call.sequence() + 1, TcpSegment.ACK, bytes("SSH-2")));
      socket.setSoTimeout(20_000);
      assertEquals("SSH-2", new String(socket.getInputStream().readNBytes(5)));
      guest.network.receive(
          Guest.segment(
              Addresses.HOST, 22, from, 56, call.sequence() + 1, TcpSegment.RST, NOTHING));
      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 1000 && socket.getInputStream().read() >= 0; i++) {
              socket.getOutputStream().write(1);
            }
            throw new IOException("it ended");
          });
    }
  }

  @Test
  void waitsForRoom() {
    guest.hasRoom = false;
    byte[] asked = {8, 0, 0, 0, 0, 0, 0, 0};
    for (int i = 0; i < 1000; i++) {
      guest.network.receive(Guest.packet(Addresses.HOST, Packets.ICMP_PROTOCOL, asked));
    }
    assertTrue(guest.frames.isEmpty());
    guest.hasRoom = true;
    guest.network.look();
    assertEquals(256, guest.frames.size());
  }
}
