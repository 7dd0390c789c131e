package dev.axon64.linux.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Something that goes along with a message of the Internet (cmsg(3)).
 *
 * @param level SOL number
 * @param type what it is, by that level
 */
public record Control(int level, int type, byte[] bytes) {
  /** A number. */
  static Control number(int level, int type, int value) {
    ByteBuffer b = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return new Control(level, type, b.putInt(0, value).array());
  }

  /** Its number. */
  int number() {
    return bytes.length < Integer.BYTES
        ? bytes.length == 0 ? 0 : bytes[0] & 0xff
        : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
