package dev.axon64.system.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** The guest's side of a network, frame by frame. */
final class Guest implements Receiver {
  static final byte[] MAC = UserNetwork.guestMac();

  final Deque<ByteBuffer> frames = new ArrayDeque<>();
  final UserNetwork network = new UserNetwork(this);
  boolean hasRoom = true;

  @Override
  public boolean receive(byte[] frame, int segment) {
    if (hasRoom) {
      frames.add(ByteBuffer.wrap(frame));
    }
    return hasRoom;
  }

  @Override
  public int longest() {
    return 0;
  }

  /** A frame with an IP packet for its payload. */
  static byte[] packet(int to, int protocol, byte[] payload) {
    ByteBuffer frame = Packets.ip(MAC, Addresses.GUEST, to, protocol, payload.length);
    return frame.put(payload).array();
  }

  static byte[] datagram(int to, int fromPort, int toPort, byte[] payload) {
    ByteBuffer bytes = ByteBuffer.allocate(Packets.UDP + payload.length);
    bytes.putShort((short) fromPort).putShort((short) toPort);
    bytes.putShort((short) bytes.capacity()).putShort((short) 0).put(payload);
    return packet(to, Packets.UDP_PROTOCOL, bytes.array());
  }

  static byte[] segment(
      int to, int fromPort, int toPort, int sequence, int acknowledged, int flags, byte[] data) {
    ByteBuffer bytes = ByteBuffer.allocate(Packets.TCP + data.length);
    bytes.putShort((short) fromPort).putShort((short) toPort);
    bytes.putInt(sequence).putInt(acknowledged);
    bytes.put((byte) 0x50).put((byte) flags).putShort((short) 0x4000).putInt(0).put(data);
    return packet(to, Packets.TCP_PROTOCOL, bytes.array());
  }

  /** The next frame from the network; fails after some seconds. */
  ByteBuffer next() {
    return next(frame -> true);
  }

  /** The next frame that is asked for; others before it are dropped. */
  ByteBuffer next(Predicate<ByteBuffer> wanted) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < end) {
      while (!frames.isEmpty()) {
        ByteBuffer frame = frames.remove();
        if (wanted.test(frame)) {
          return frame;
        }
      }
      network.await(10_000_000);
    }
    throw new AssertionError("no such frame came");
  }

  /** The next segment of TCP, whose checksums must be right. */
  TcpSegment nextSegment() {
    ByteBuffer frame = next(one -> one.getShort(12) == 0x0800 && one.get(23) == 6);
    IpPacket packet = IpPacket.of(frame).orElseThrow(() -> new AssertionError("damaged packet"));
    int length = packet.payload().limit();
    long sum =
        Packets.pseudo(packet.from(), packet.to(), 6, length)
            + Packets.sum(packet.payload(), 0, length);
    if (Packets.checksum(sum) != 0) {
      throw new AssertionError("wrong checksum");
    }
    return TcpSegment.of(packet.payload()).orElseThrow();
  }
}
