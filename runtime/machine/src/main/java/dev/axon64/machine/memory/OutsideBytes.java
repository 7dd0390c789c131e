package dev.axon64.machine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The bytes of a page of a file of the host, where the JVM gives no other access to them. The file
 * may end within the page: what lies behind is read as zeroes, and stores to it are lost.
 */
final class OutsideBytes {
  private final MemorySegment bytes;
  private final int size;

  OutsideBytes(MemorySegment bytes) {
    this.bytes = bytes;
    this.size = (int) bytes.byteSize();
  }

  long get(int at) {
    return at < size ? bytes.get(ValueLayout.JAVA_BYTE, at) & 0xffL : 0;
  }

  void put(int at, long value) {
    if (at < size) {
      bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }
  }

  void read(int at, byte[] to, int offset, int length) {
    int there = Math.clamp(size - at, 0, length);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, Math.min(at, size), to, offset, there);
    Arrays.fill(to, offset + there, offset + length, (byte) 0);
  }

  void write(int at, byte[] from, int offset, int length) {
    int there = Math.clamp(size - at, 0, length);
    MemorySegment.copy(from, offset, bytes, ValueLayout.JAVA_BYTE, Math.min(at, size), there);
  }
}
