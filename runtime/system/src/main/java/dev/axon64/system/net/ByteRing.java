package dev.axon64.system.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Bytes that wait, first in, first out. */
final class ByteRing {
  private final byte[] bytes;
  private int first;
  private int size;

  /**
   * @param capacity a power of two
   */
  ByteRing(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  int room() {
    return bytes.length - size;
  }

  private int place(int offset) {
    return first + offset & bytes.length - 1;
  }

  /** Adds bytes, for which there must be room. */
  void put(ByteBuffer from, int at, int length) {
    int start = place(size);
    int part = Math.min(length, bytes.length - start);
    from.get(at, bytes, start, part);
    from.get(at + part, bytes, 0, length - part);
    size += length;
  }

  /** Copies bytes, from the one at an offset on. */
  void copy(int offset, ByteBuffer to, int length) {
    int start = place(offset);
    int part = Math.min(length, bytes.length - start);
    to.put(bytes, start, part);
    to.put(bytes, 0, length - part);
  }

  /** Removes the first bytes. */
  void drop(int length) {
    first = place(length);
    size -= length;
  }

  /**
   * Reads what there is into the room.
   *
   * @return whether the channel has not ended
   */
  boolean fill(ReadableByteChannel channel) throws IOException {
    while (room() > 0) {
      int start = place(size);
      int part = Math.min(room(), bytes.length - start);
      int read = channel.read(ByteBuffer.wrap(bytes, start, part));
      if (read < 0) {
        return false;
      }
      size += read;
      if (read < part) {
        break;
      }
    }
    return true;
  }

  /** Writes as much as the channel takes. */
  void drain(WritableByteChannel channel) throws IOException {
    while (size > 0) {
      int part = Math.min(size, bytes.length - first);
      int written = channel.write(ByteBuffer.wrap(bytes, first, part));
      drop(written);
      if (written < part) {
        return;
      }
    }
  }
}
