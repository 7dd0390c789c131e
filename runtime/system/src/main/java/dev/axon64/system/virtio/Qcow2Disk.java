package dev.axon64.system.virtio;

import dev.axon64.codegen.support.InputException;
import dev.axon64.system.unpack.Unpacking;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image in QEMU's format qcow2, versions 2 and 3 (as its own specification has it), which is
 * only read. Clusters may be compressed by zlib or zstd. Images that need other files are refused,
 * since they name any file they like.
 */
final class Qcow2Disk implements Disk {
  private static final int MAGIC = 0x514649fb;
  private static final int HEADER = 72;
  private static final int HEADER_3 = 104;
  private static final int LEAST_CLUSTER = 9;
  private static final int MOST_CLUSTER = 21;
  private static final int MOST_TABLE = 1 << 22;
  private static final int KEPT_TABLES = 64;

  private static final long DIRTY = 1;
  private static final long COMPRESSION_TYPE = 1 << 3;

  private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;
  private static final long COMPRESSED = 1L << 62;
  private static final long ZERO = 1;

  private final FileChannel file;
  private final long size;
  private final int clusterBits;
  private final boolean zstd;
  private final long[] first;
  private final Map<Long, long[]> second =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, long[]> eldest) {
          return size() > KEPT_TABLES;
        }
      };
  private long unpackedEntry = -1;
  private byte[] unpacked = {};

  private Qcow2Disk(FileChannel file, long size, int clusterBits, boolean zstd, long[] first) {
    this.file = file;
    this.size = size;
    this.clusterBits = clusterBits;
    this.zstd = zstd;
    this.first = first;
  }

  /** Whether a file begins like an image. */
  static boolean isImage(FileChannel file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
    file.read(start, 0);
    return !start.hasRemaining() && start.getInt(0) == MAGIC;
  }

  /**
   * Reads an image's header and its first table.
   *
   * @param where what messages call it
   * @throws InputException if it is damaged, or needs what is not known
   */
  static Qcow2Disk of(FileChannel file, String where) throws IOException {
    try {
      return read(file);
    } catch (InputException e) {
      file.close();
      throw new InputException(where, e.getMessage().replaceFirst("^[^:]*: ", ""), e);
    }
  }

  private static InputException refusal(String what) {
    return new InputException("image", what);
  }

  private static Qcow2Disk read(FileChannel file) throws IOException {
    long length = file.size();
    ByteBuffer header = ByteBuffer.allocate(HEADER_3 + 8);
    file.read(header, 0);
    int known = header.position();
    int version = header.getInt(4);
    if (known < HEADER || version != 2 && version != 3 || version == 3 && known < HEADER_3) {
      throw refusal("is a qcow2 image of version " + version + "; versions 2 and 3 are known");
    }
    if (header.getLong(8) != 0) {
      throw refusal("needs another file below it; make one of both by qemu-img convert");
    }
    if (header.getInt(32) != 0) {
      throw refusal("is encrypted; decrypt it by qemu-img convert");
    }
    long features = version == 3 ? header.getLong(72) : 0;
    if ((features & ~(DIRTY | COMPRESSION_TYPE)) != 0) {
      throw refusal(
          "has the unknown features 0x%x, or is marked as damaged; convert it by qemu-img"
              .formatted(features));
    }
    int compression = (features & COMPRESSION_TYPE) != 0 ? header.get(HEADER_3) : 0;
    if (compression != 0 && compression != 1) {
      throw refusal("is compressed by the unknown method " + compression);
    }
    int bits = header.getInt(20);
    long size = header.getLong(24);
    int entries = header.getInt(36);
    long table = header.getLong(40);
    if (bits < LEAST_CLUSTER || bits > MOST_CLUSTER || size <= 0 || size % SECTOR != 0) {
      throw refusal("has a damaged header: clusters of 2^%d bytes, size %d".formatted(bits, size));
    }
    long perEntry = 1L << 2 * bits - 3;
    if (entries < 0
        || entries > MOST_TABLE
        || (size - 1) / perEntry >= entries
        || table < 0
        || table > length - 8L * entries) {
      throw refusal("has a damaged header: its table does not fit the file");
    }
    return new Qcow2Disk(file, size, bits, compression == 1, table(file, table, entries));
  }

  private static long[] table(FileChannel file, long at, int entries) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * entries);
    FileDisk.fill(file, at, bytes);
    long[] table = new long[entries];
    bytes.flip().asLongBuffer().get(table);
    return table;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long at, byte[] to, int offset, int length) throws IOException {
    int cluster = 1 << clusterBits;
    for (int done = 0; done < length; ) {
      long place = at + done;
      int start = (int) (place & cluster - 1);
      int part = Math.min(length - done, cluster - start);
      readPart(entry(place >>> clusterBits), start, ByteBuffer.wrap(to, offset + done, part));
      done += part;
    }
  }

  /** The second table's entry of a cluster; 0 if there is none. */
  private long entry(long cluster) throws IOException {
    int bits = clusterBits - 3;
    long table = first[(int) (cluster >>> bits)] & OFFSET;
    if (table == 0) {
      return 0;
    }
    long[] entries = second.get(table);
    if (entries == null) {
      entries = table(file, table, 1 << bits);
      second.put(table, entries);
    }
    return entries[(int) (cluster & (1 << bits) - 1)];
  }

  private void readPart(long entry, int start, ByteBuffer to) throws IOException {
    if ((entry & COMPRESSED) != 0) {
      to.put(unpacked(entry), start, to.remaining());
    } else if ((entry & OFFSET) == 0 || (entry & ZERO) != 0) {
      to.put(new byte[to.remaining()]);
    } else {
      FileDisk.fill(file, (entry & OFFSET) + start, to);
    }
  }

  private byte[] unpacked(long entry) throws IOException {
    if (unpackedEntry == entry) {
      return unpacked;
    }
    int bits = 62 - (clusterBits - 8);
    long at = entry & (1L << bits) - 1;
    long sectors = (entry & COMPRESSED - 1) >>> bits;
    long most = (sectors + 1) * SECTOR - at % SECTOR;
    int length = (int) Math.min(most, file.size() - at);
    if (at >= file.size() || length <= 0) {
      throw new IOException("a compressed cluster lies behind the end of the image");
    }
    ByteBuffer packed = ByteBuffer.allocate(length);
    FileDisk.fill(file, at, packed);
    int cluster = 1 << clusterBits;
    unpacked =
        zstd
            ? Unpacking.zstd(packed.array(), cluster)
            : Unpacking.deflated(packed.array(), cluster);
    unpackedEntry = entry;
    return unpacked;
  }

  @Override
  public void write(long at, byte[] from, int length) throws IOException {
    throw new IOException("the image is only read");
  }

  @Override
  public void flush() {
    // nothing was written
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
