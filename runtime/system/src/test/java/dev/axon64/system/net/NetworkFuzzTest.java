package dev.axon64.system.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Damaged frames: nothing is thrown, and nobody outside is called, since all addresses are the
 * network's own.
 */
class NetworkFuzzTest {
  private static final int FRAMES = Boolean.getBoolean("axon64.campaign") ? 1_000_000 : 10_000;
  private static final int[] KINDS = {1, 6, 17, 0};

  @Test
  void anythingCanBeSent() {
    SplittableRandom random = new SplittableRandom(18);
    Guest guest = new Guest();
    try {
      for (int i = 0; i < FRAMES; i++) {
        guest.hasRoom = random.nextInt(4) != 0;
        guest.network.receive(frame(random));
        if (random.nextInt(8) == 0) {
          guest.network.look();
          guest.frames.clear();
        }
      }
      guest.hasRoom = true;
      guest.network.look();
      guest.frames.clear();
      byte[] ping = {8, 0, 0, 0, 0, 0, 0, 0};
      guest.network.receive(Guest.packet(Addresses.HOST, Packets.ICMP_PROTOCOL, ping));
      assertTrue(guest.next().get(23) == Packets.ICMP_PROTOCOL, "it goes on");
    } finally {
      guest.network.close();
    }
  }

  /** Segments in any order to connections that are open, half open and closed. */
  @Test
  void connectionsTakeAnySegments() throws IOException {
    SplittableRandom random = new SplittableRandom(18);
    Guest guest = new Guest();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < FRAMES / 2; i++) {
        byte[] data = new byte[random.nextInt(4) == 0 ? random.nextInt(1400) : 0];
        int flags = random.nextInt(3) == 0 ? random.nextInt(64) : TcpSegment.ACK;
        int port = random.nextInt(1, 20);
        int first = random.nextInt(8);
        guest.network.receive(
            Guest.segment(
                Addresses.HOST,
                port,
                server.getLocalPort(),
                first,
                random.nextInt(3),
                flags,
                data));
        if (random.nextInt(8) == 0) {
          guest.network.look();
          guest.frames.clear();
        }
      }
    } finally {
      guest.network.close();
    }
  }

  private static byte[] frame(SplittableRandom random) {
    byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 40 : 400)];
    random.nextBytes(payload);
    byte[] frame =
        switch (random.nextInt(4)) {
          case 0 -> Guest.packet(to(random), KINDS[random.nextInt(KINDS.length)], payload);
          case 1 -> Guest.datagram(to(random), Dhcp.CLIENT, Dhcp.SERVER, dhcp(random, payload));
          case 2 ->
              Guest.segment(
                  to(random),
                  random.nextInt(4),
                  random.nextInt(4),
                  random.nextInt(4),
                  random.nextInt(4),
                  random.nextInt(64),
                  payload);
          default -> payload;
        };
    for (int i = random.nextInt(4); i > 0 && frame.length > 0; i--) {
      int at = random.nextInt(Math.min(frame.length, 64));
      // The receiver's address stays, so that nobody outside is called.
      if (at < 30 || at > 33) {
        frame[at] = (byte) random.nextInt();
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length + 1)) : frame;
  }

  private static int to(SplittableRandom random) {
    return Addresses.NETWORK | random.nextInt(4, 256);
  }

  private static byte[] dhcp(SplittableRandom random, byte[] options) {
    byte[] message = new byte[240 + options.length];
    message[0] = 1;
    message[236] = 0x63;
    message[237] = (byte) 0x82;
    message[238] = 0x53;
    message[239] = 0x63;
    System.arraycopy(options, 0, message, 240, options.length);
    if (random.nextBoolean()) {
      System.arraycopy(new byte[] {53, 1, 1}, 0, message, 240, Math.min(3, options.length));
    }
    return message;
  }
}
