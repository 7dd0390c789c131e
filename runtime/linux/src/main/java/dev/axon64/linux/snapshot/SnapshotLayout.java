package dev.axon64.linux.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Sizes and checksums of the parts of a snapshot file, which the package describes. */
final class SnapshotLayout {
  static final int VERSION = 2;

  /** Bytes in front of the pages. */
  static final int PREAMBLE = 16;

  /** Bytes behind state and index. */
  static final int TRAILER = 32;

  /** Bytes of a page's entry in the index. */
  static final int ENTRY = 14;

  private static final byte[] MAGIC = "AXON64SN".getBytes(StandardCharsets.US_ASCII);

  private SnapshotLayout() {}

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The first bytes of a file. */
  static byte[] preamble() {
    return buffer(PREAMBLE).put(MAGIC).putInt(VERSION).putInt(0).array();
  }

  /** Whether the first bytes of a file are those of a snapshot of any version. */
  static boolean hasMagic(byte[] preamble) {
    return preamble.length == PREAMBLE
        && ByteBuffer.wrap(MAGIC).equals(ByteBuffer.wrap(preamble, 0, MAGIC.length));
  }

  /** The version that the first bytes of a file tell. */
  static int version(byte[] preamble) {
    return buffer(preamble).getInt(MAGIC.length);
  }

  /** The CRC-32C of parts that follow one another. */
  static int checksum(byte[]... parts) {
    CRC32C crc = new CRC32C();
    for (byte[] part : parts) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }

  /** The last checksum of a file, over the preamble and what is in front of it in the trailer. */
  static int lastChecksum(byte[] preamble, byte[] trailer) {
    CRC32C crc = new CRC32C();
    crc.update(preamble);
    crc.update(trailer, 0, TRAILER - Integer.BYTES);
    return (int) crc.getValue();
  }
}
