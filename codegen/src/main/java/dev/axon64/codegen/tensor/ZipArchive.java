package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a zip that is wholly in memory. It trusts only the central directory, checks it
 * against the local headers, and unpacks nothing before its size is known to be possible. The
 * platform's readers need a file, or cannot read stored entries with trailing descriptors, which
 * PyTorch writes. Layout: PKWARE APPNOTE 6.3.10, with its zip64 extension.
 */
final class ZipArchive {
  /** The best ratio of DEFLATE: 258 bytes for a two-bit code. */
  private static final int MOST_RATIO = 1032;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int LOCAL_HEADER = 30;
  private static final int ENTRY_HEADER = 46;
  private static final long SATURATED = 0xffffffffL;

  private final ByteBuffer file;
  private final String where;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final int directoryAt;
  private long unpacked;

  private record Entry(
      String name, int flags, int method, long crc, long packed, long unpacked, long localAt) {}

  /**
   * Reads the central directory.
   *
   * @throws InputException if it is damaged, or an entry is there twice
   */
  ZipArchive(byte[] bytes, String where) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.where = where;
    ZipDirectory directory = ZipDirectory.locate(file, where);
    this.directoryAt = directory.at();
    int at = directoryAt;
    for (int i = 0; i < directory.entries(); i++) {
      at = readEntry(at, directory.end());
    }
    if (at != directory.end()) {
      throw damaged("its directory has bytes that belong to no entry");
    }
  }

  /** The names of all entries, in the directory's order. */
  Set<String> names() {
    return entries.keySet();
  }

  /** How many bytes {@link #read} has handed out so far. */
  long unpacked() {
    return unpacked;
  }

  private int readEntry(int at, int end) {
    if (end - at < ENTRY_HEADER || file.getInt(at) != 0x02014b50) {
      throw damaged("its directory is cut short");
    }
    int nameLength = file.getShort(at + 28) & 0xffff;
    int extraLength = file.getShort(at + 30) & 0xffff;
    int next = at + ENTRY_HEADER + nameLength + extraLength + (file.getShort(at + 32) & 0xffff);
    if (next > end) {
      throw damaged("its directory is cut short");
    }
    String name = text(at + ENTRY_HEADER, nameLength);
    Zip64Extra extra = new Zip64Extra(at + ENTRY_HEADER + nameLength, extraLength);
    long unpackedSize = extra.widen(file.getInt(at + 24) & SATURATED);
    long packedSize = extra.widen(file.getInt(at + 20) & SATURATED);
    long localAt = extra.widen(file.getInt(at + 42) & SATURATED);
    Entry entry =
        new Entry(
            name,
            file.getShort(at + 8),
            file.getShort(at + 10),
            file.getInt(at + 16) & SATURATED,
            packedSize,
            unpackedSize,
            localAt);
    if (entries.put(name, entry) != null) {
      throw damaged("it holds " + Shapes.quoted(name) + " twice");
    }
    return next;
  }

  /** The 64-bit sizes of an entry whose own fields are saturated. */
  private final class Zip64Extra {
    private int at;
    private int end;

    Zip64Extra(int start, int length) {
      int field = start;
      while (start + length - field >= 4) {
        int size = file.getShort(field + 2) & 0xffff;
        if (file.getShort(field) == 1) {
          at = field + 4;
          end = Math.min(at + size, start + length);
          return;
        }
        field += 4 + size;
      }
    }

    long widen(long narrow) {
      if (narrow != SATURATED) {
        return narrow;
      }
      if (end - at < 8) {
        throw damaged("an entry lacks its 64-bit size");
      }
      at += 8;
      return file.getLong(at - 8);
    }
  }

  /**
   * Unpacks one entry and checks its sum.
   *
   * @param mostBytes a larger entry is refused before anything is unpacked
   * @return the bytes, little-endian, read-only or a private copy; empty if there is no such entry
   * @throws InputException if the entry is damaged, too large or packed in an unknown way
   */
  Optional<ByteBuffer> read(String name, long mostBytes) {
    return Optional.ofNullable(entries.get(name)).map(entry -> read(name, entry, mostBytes));
  }

  private ByteBuffer read(String name, Entry entry, long mostBytes) {
    checkSizes(entry, mostBytes);
    int dataAt = dataStart(entry);
    ByteBuffer packed = file.slice(dataAt, (int) entry.packed);
    ByteBuffer bytes = entry.method == STORED ? packed.asReadOnlyBuffer() : inflate(entry, packed);
    CRC32 sum = new CRC32();
    sum.update(bytes.duplicate());
    if (sum.getValue() != entry.crc) {
      throw damaged("the checksum of " + Shapes.quoted(name) + " is wrong");
    }
    unpacked += entry.unpacked;
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private void checkSizes(Entry entry, long mostBytes) {
    String name = Shapes.quoted(entry.name);
    if ((entry.flags & 1) != 0) {
      throw damaged("its entry " + name + " is encrypted");
    }
    if (entry.method != STORED && entry.method != DEFLATED) {
      throw damaged(
          "its entry "
              + name
              + " is packed by method "
              + entry.method
              + ", not stored or deflated");
    }
    if (entry.packed < 0 || entry.packed > file.limit() || entry.unpacked < 0) {
      throw damaged("its entry " + name + " is larger than the file");
    }
    long possible = entry.method == STORED ? entry.packed : entry.packed * MOST_RATIO + MOST_RATIO;
    if (entry.unpacked > possible || (entry.method == STORED && entry.unpacked != possible)) {
      throw damaged(
          "its entry "
              + name
              + " cannot be "
              + entry.unpacked
              + " bytes unpacked from "
              + entry.packed);
    }
    if (entry.unpacked > mostBytes || entry.unpacked > TensorFiles.MOST_BYTES - unpacked) {
      throw damaged(
          "its entry " + name + " unpacks to " + entry.unpacked + " bytes, over the limit here");
    }
  }

  /**
   * The offset of an entry's bytes, after a check that its local header describes the same entry.
   */
  private int dataStart(Entry entry) {
    long at = entry.localAt;
    boolean inside = at >= 0 && at <= directoryAt - LOCAL_HEADER;
    if (!inside || file.getInt((int) at) != 0x04034b50) {
      throw damaged("its entry " + Shapes.quoted(entry.name) + " is not where the directory says");
    }
    int header = (int) at;
    int nameLength = file.getShort(header + 26) & 0xffff;
    long data = at + LOCAL_HEADER + nameLength + (file.getShort(header + 28) & 0xffff);
    if (data + entry.packed > directoryAt) {
      throw damaged("its entry " + Shapes.quoted(entry.name) + " is cut short");
    }
    if (file.getShort(header + 8) != entry.method
        || !text(header + LOCAL_HEADER, nameLength).equals(entry.name)) {
      throw damaged(
          "its entry " + Shapes.quoted(entry.name) + " has a local header that tells otherwise");
    }
    return (int) data;
  }

  private ByteBuffer inflate(Entry entry, ByteBuffer packed) {
    byte[] bytes = new byte[(int) entry.unpacked];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      int filled = 0;
      while (filled < bytes.length) {
        int more = inflater.inflate(bytes, filled, bytes.length - filled);
        if (more == 0) {
          break;
        }
        filled += more;
      }
      // One byte more than announced, or one less, and the announcement was wrong.
      boolean exact = filled == bytes.length && inflater.inflate(new byte[1]) == 0;
      if (!exact || !inflater.finished() || inflater.getRemaining() != 0) {
        throw damaged(
            "its entry " + Shapes.quoted(entry.name) + " does not unpack to the size it states");
      }
      return ByteBuffer.wrap(bytes);
    } catch (DataFormatException e) {
      throw damaged("its entry " + Shapes.quoted(entry.name) + " does not unpack");
    } finally {
      inflater.end();
    }
  }

  private String text(int at, int length) {
    byte[] bytes = new byte[length];
    file.get(at, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private InputException damaged(String what) {
    return ZipDirectory.damaged(where, what);
  }
}
