package dev.axon64.system.net;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A packet of IPv4 that the guest sent.
 *
 * @param from its sender's address
 * @param to its receiver's
 * @param payload what is in it, from position 0 to its limit
 */
record IpPacket(int from, int to, int protocol, ByteBuffer payload) {
  private static final int FRAGMENT = 0x3fff;

  /** Reads the packet in a frame; empty if it is damaged, or a fragment. */
  static Optional<IpPacket> of(ByteBuffer frame) {
    int start = Packets.ETHERNET;
    if (frame.limit() < start + Packets.IP || frame.get(start) >>> 4 != 4) {
      return Optional.empty();
    }
    int header = 4 * (frame.get(start) & 0xf);
    int length = frame.getShort(start + 2) & 0xffff;
    if (header < Packets.IP
        || length < header
        || start + length > frame.limit()
        || (frame.getShort(start + 6) & FRAGMENT) != 0
        || Packets.checksum(Packets.sum(frame, start, header)) != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new IpPacket(
            frame.getInt(start + 12),
            frame.getInt(start + 16),
            frame.get(start + 9) & 0xff,
            frame.slice(start + header, length - header)));
  }

  /** Whether its header of UDP or TCP is there. */
  boolean has(int header) {
    return payload.limit() >= header;
  }

  /** The sender's port, of UDP and TCP. */
  int fromPort() {
    return payload.getShort(0) & 0xffff;
  }

  /** The receiver's port, of UDP and TCP. */
  int toPort() {
    return payload.getShort(2) & 0xffff;
  }
}
