package dev.axon64.system.net;

import java.nio.ByteBuffer;

/** Writes frames: Ethernet (14 bytes), IPv4 (20 bytes, RFC 791), and what is in them. */
final class Packets {
  static final int ETHERNET = 14;
  static final int IP = 20;
  static final int UDP = 8;
  static final int TCP = 20;

  static final int ARP_TYPE = 0x0806;
  static final int IP_TYPE = 0x0800;

  static final int ICMP_PROTOCOL = 1;
  static final int TCP_PROTOCOL = 6;
  static final int UDP_PROTOCOL = 17;

  /** The most bytes of an IP packet on this network. */
  static final int LONGEST = 1500;

  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int TIME_TO_LIVE = 64;

  /** The address of the network's own interface. */
  static final byte[] OWN = {0x52, 0x55, 10, 0, 2, 2};

  private Packets() {}

  /** A frame with room for a payload, and its Ethernet header. */
  static ByteBuffer frame(byte[] to, int type, int payload) {
    ByteBuffer frame = ByteBuffer.allocate(ETHERNET + payload);
    frame.put(to).put(OWN).putShort((short) type);
    return frame;
  }

  /** The same with an IP header; positioned behind it. */
  static ByteBuffer ip(byte[] mac, int from, int to, int protocol, int payload) {
    return ip(mac, from, to, protocol, payload, 0);
  }

  private static ByteBuffer ip(
      byte[] mac, int from, int to, int protocol, int payload, int fragment) {
    ByteBuffer frame = frame(mac, IP_TYPE, IP + payload);
    int start = frame.position();
    frame.put((byte) 0x45).put((byte) 0).putShort((short) (IP + payload));
    frame.putShort((short) 1).putShort((short) fragment);
    frame.put((byte) TIME_TO_LIVE).put((byte) protocol).putShort((short) 0);
    frame.putInt(from).putInt(to);
    frame.putShort(start + 10, (short) checksum(sum(frame, start, IP)));
    return frame;
  }

  /** Datagrams of UDP, in as many fragments as are needed. */
  static ByteBuffer[] udp(byte[] mac, int from, int fromPort, int to, int toPort, byte[] payload) {
    int length = UDP + payload.length;
    ByteBuffer whole = ByteBuffer.allocate(length);
    whole.putShort((short) fromPort).putShort((short) toPort).putShort((short) length);
    whole.putShort((short) 0).put(payload);
    int sum = checksum(pseudo(from, to, UDP_PROTOCOL, length) + sum(whole, 0, length));
    whole.putShort(6, (short) (sum == 0 ? 0xffff : sum));
    int most = LONGEST - IP & -8;
    ByteBuffer[] parts = new ByteBuffer[(length + most - 1) / most];
    for (int i = 0; i < parts.length; i++) {
      int size = Math.min(most, length - i * most);
      int fragment = i * most / 8 | (i < parts.length - 1 ? MORE_FRAGMENTS : 0);
      parts[i] = ip(mac, from, to, UDP_PROTOCOL, size, fragment).put(whole.array(), i * most, size);
    }
    return parts;
  }

  /** The sum of a pseudo header (RFC 793), not folded. */
  static long pseudo(int from, int to, int protocol, int length) {
    return (from >>> 16) + (from & 0xffff) + (to >>> 16) + (to & 0xffff) + protocol + length;
  }

  /** The sum of big-endian pairs of bytes, not folded. */
  static long sum(ByteBuffer bytes, int from, int length) {
    long sum = 0;
    int at = from;
    for (int end = from + (length & -4); at < end; at += 4) {
      long four = bytes.getInt(at) & 0xffff_ffffL;
      sum += (four >>> 16) + (four & 0xffff);
    }
    for (int end = from + (length & -2); at < end; at += 2) {
      sum += bytes.getShort(at) & 0xffff;
    }
    return (length & 1) == 0 ? sum : sum + ((bytes.get(at) & 0xff) << 8);
  }

  /** A sum in 16 bits. */
  static int folded(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }

  /** The Internet checksum (RFC 1071) of a sum. */
  static int checksum(long sum) {
    return ~folded(sum) & 0xffff;
  }
}
