package dev.axon64.system.net;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A segment of TCP (RFC 9293) that the guest sent.
 *
 * @param flags {@link #FIN} and its like
 * @param mss the longest segment that the guest takes, as its SYN says
 * @param scale by how many bits its windows are to be shifted, as its SYN says; -1 if it says
 *     nothing
 * @param bytes the whole segment
 * @param data where in it the payload begins
 */
record TcpSegment(
    int sequence,
    int acknowledged,
    int flags,
    int window,
    int mss,
    int scale,
    ByteBuffer bytes,
    int data) {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int PSH = 8;
  static final int ACK = 16;

  static final int MSS_OPTION = 2;
  static final int SCALE_OPTION = 3;
  static final int MOST_SCALE = 14;
  private static final int USUAL_MSS = 536;
  private static final int LEAST_MSS = 88;

  /** Reads a segment; empty if it is damaged. */
  static Optional<TcpSegment> of(ByteBuffer bytes) {
    int data = bytes.limit() < Packets.TCP ? 0 : 4 * (bytes.get(12) >>> 4 & 0xf);
    if (data < Packets.TCP || data > bytes.limit()) {
      return Optional.empty();
    }
    int mss = USUAL_MSS;
    int scale = -1;
    for (int at = Packets.TCP; at < data && bytes.get(at) != 0; ) {
      if (bytes.get(at) == 1) {
        at++;
        continue;
      }
      int length = at + 1 < data ? bytes.get(at + 1) & 0xff : 0;
      if (length < 2 || at + length > data) {
        break;
      }
      if (bytes.get(at) == MSS_OPTION && length == 4) {
        mss = Math.max(bytes.getShort(at + 2) & 0xffff, LEAST_MSS);
      } else if (bytes.get(at) == SCALE_OPTION && length == 3) {
        scale = Math.min(bytes.get(at + 2) & 0xff, MOST_SCALE);
      }
      at += length;
    }
    return Optional.of(
        new TcpSegment(
            bytes.getInt(4),
            bytes.getInt(8),
            bytes.get(13) & 0x3f,
            bytes.getShort(14) & 0xffff,
            mss,
            scale,
            bytes,
            data));
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** The number of bytes of its payload. */
  int length() {
    return bytes.limit() - data;
  }
}
