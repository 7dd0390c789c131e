package dev.axon64.system.virtio;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Writes a qcow2 image: header, first table, second tables, clusters; no reference counts. */
final class Qcow2Image {
  private static final int BITS = 12;
  static final int CLUSTER = 1 << BITS;

  private final ByteBuffer file;
  private final int second = 2 * CLUSTER;
  private int next = 3 * CLUSTER;

  /** An image of one second table, which has clusters of 4 KiB. */
  Qcow2Image(int version, int clusters) {
    file = ByteBuffer.allocate((4 + 2 * clusters) * CLUSTER);
    file.putInt(0, 0x514649fb).putInt(4, version).putInt(20, BITS);
    file.putLong(24, (long) clusters * CLUSTER).putInt(36, 1).putLong(40, CLUSTER);
    if (version == 3) {
      file.putInt(96, 4).putInt(100, 104);
    }
    file.putLong(CLUSTER, second | 1L << 63);
  }

  private void entry(int cluster, long value) {
    file.putLong(second + 8 * cluster, value);
  }

  Qcow2Image plain(int cluster, byte[] bytes) {
    entry(cluster, next | 1L << 63);
    file.put(next, bytes);
    next += CLUSTER;
    return this;
  }

  Qcow2Image zero(int cluster) {
    entry(cluster, 1);
    return this;
  }

  Qcow2Image packed(int cluster, byte[] bytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] out = new byte[CLUSTER];
    int length = deflater.deflate(out);
    deflater.end();
    // Not at the beginning of a sector, as QEMU packs them.
    int at = next + 100;
    int sectors = (at % 512 + length - 1) / 512;
    entry(cluster, 1L << 62 | (long) sectors << 62 - (BITS - 8) | at);
    file.put(at, out, 0, length);
    next += CLUSTER;
    return this;
  }

  Qcow2Image header(int at, int value) {
    file.putInt(at, value);
    return this;
  }

  byte[] bytes() {
    return file.array();
  }
}
