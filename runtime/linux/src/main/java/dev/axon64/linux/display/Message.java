package dev.axon64.linux.display;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A reply, an event or an error that is written from its front. */
final class Message {
  private static final int LEAST = 32;
  private static final int REPLY = 1;

  private ByteBuffer bytes = buffer(new byte[LEAST]);

  private Message(int code, int data) {
    bytes.put((byte) code).put((byte) data).putShort((short) 0);
  }

  private static ByteBuffer buffer(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A reply, of which what follows the length is still to be written. */
  static Message reply(int data) {
    return new Message(REPLY, data).i32(0);
  }

  /** An event or an error. */
  static Message event(int code, int data) {
    return new Message(code, data);
  }

  private void room(int count) {
    if (bytes.remaining() < count) {
      int size = Math.max(2 * bytes.capacity(), bytes.position() + count);
      bytes = buffer(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
    }
  }

  Message u8(int value) {
    room(1);
    bytes.put((byte) value);
    return this;
  }

  Message u16(int value) {
    room(2);
    bytes.putShort((short) value);
    return this;
  }

  Message i32(int value) {
    room(4);
    bytes.putInt(value);
    return this;
  }

  Message raw(byte[] all) {
    room(all.length);
    bytes.put(all);
    return this;
  }

  Message text(String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Zeros up to a place from the front. */
  Message to(int place) {
    return raw(new byte[place - bytes.position()]);
  }

  /** Zeros up to the next multiple of four bytes. */
  Message pad() {
    return raw(new byte[-bytes.position() & 3]);
  }

  /** All bytes, with the number of the request and a reply's length. */
  byte[] finish(int sequence) {
    pad();
    int size = Math.max(LEAST, bytes.position());
    byte[] all = Arrays.copyOf(bytes.array(), size);
    ByteBuffer front = buffer(all).putShort(2, (short) sequence);
    if (all[0] == REPLY) {
      front.putInt(4, (size - LEAST) / 4);
    }
    return all;
  }
}
