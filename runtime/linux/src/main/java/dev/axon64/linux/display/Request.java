package dev.axon64.linux.display;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One request, read from its front. Reading beyond its end throws BufferUnderflowException. */
final class Request {
  final int opcode;

  /** The byte behind the opcode. */
  final int data;

  private final ByteBuffer bytes;

  /** A request of its own bytes, without the length. */
  Request(int opcode, int data, byte[] all, int start, int length) {
    this.opcode = opcode;
    this.data = data;
    this.bytes = ByteBuffer.wrap(all, start, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  int left() {
    return bytes.remaining();
  }

  int u8() {
    return bytes.get() & 0xff;
  }

  int u16() {
    return bytes.getShort() & 0xffff;
  }

  int s16() {
    return bytes.getShort();
  }

  int i32() {
    return bytes.getInt();
  }

  void skip(int count) {
    if (count > bytes.remaining()) {
      throw new XError(XError.LENGTH, 0);
    }
    bytes.position(bytes.position() + count);
  }

  byte[] bytes(int count) {
    if (count < 0 || count > bytes.remaining()) {
      throw new XError(XError.LENGTH, 0);
    }
    byte[] some = new byte[count];
    bytes.get(some);
    return some;
  }

  String text(int count) {
    return new String(bytes(count), StandardCharsets.ISO_8859_1);
  }

  /** A rectangle: place and size. */
  Area area() {
    return new Area(s16(), s16(), u16(), u16());
  }
}
